pragma circom 2.0.0;

include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/comparators.circom";
include "circomlib/circuits/poseidon.circom";

// One full-batch gradient step of logistic regression on committed data, from a committed model to a committed model, in the fixed-point
// arithmetic of docs/proof-system.md, section 5, with b = 16. Only the activation is another one: R1CS has no lookups, so the
// table becomes a line between every two integer logits from -8 to 8, and 0 or 1 - 2^-14 beyond.
// Negative numbers are field elements; whatever is a bit string or a quotient gets an offset.

// quotient * 2^low + remainder = value, the quotient in [0, 2^high)
template Split(high, low) {
    signal input value;
    signal output quotient;
    signal output high_bits[high];
    signal output low_bits[low];
    signal remainder;

    quotient <-- value >> low;
    remainder <-- value & ((1 << low) - 1);
    quotient * (1 << low) + remainder === value;
    high_bits <== Num2Bits(high)(quotient);
    low_bits <== Num2Bits(low)(remainder);
}

// All products of some of four bits: number m is that of the bits that are set in m.
template Monomials() {
    signal input bits[4];
    signal output products[16];

    products[0] <== 1;
    for (var k = 0; k < 4; k++) {
        for (var m = 0; m < 1 << k; m++) products[(1 << k) + m] <== bits[k] * products[m];
    }
}

// The entry of a constant table at the index whose monomials are given: they have the table's Moebius transform as coefficients.
template Entry(table) {
    signal input products[16];
    signal output out;

    var coefficients[16];
    for (var m = 0; m < 16; m++) coefficients[m] = table[m];
    for (var k = 0; k < 4; k++) {
        for (var m = 0; m < 16; m++) {
            if ((m >> k) % 2 == 1) coefficients[m] -= coefficients[m - (1 << k)];
        }
    }
    var sum = 0;
    for (var m = 0; m < 16; m++) sum += coefficients[m] * products[m];
    out <== sum;
}

// The bits of a logit (8 fractional bits, offset 2^15) to a probability of 14 fractional bits.
template Sigmoid(table) {
    signal input bits[16];
    signal output out;

    // the segment from -8 to 8: within it bits 11 to 14 are the opposite of the sign's
    var slopes[16];
    for (var s = 0; s < 16; s++) slopes[s] = table[s + 1] - table[s];
    signal products[16] <== Monomials()([bits[8], bits[9], bits[10], bits[15]]);
    signal base <== Entry(table)(products);
    signal slope <== Entry(slopes)(products);
    var place = 0;
    for (var k = 0; k < 8; k++) place += bits[k] * (1 << k);
    signal rise <== slope * place;
    component line = Split(14, 8);
    line.value <== base * 256 + rise + 128;

    signal inside <== IsZero()(bits[11] + bits[12] + bits[13] + bits[14] - 4 * (1 - bits[15]));
    var saturated = bits[15] * 16383;
    out <== inside * (line.quotient - saturated) + saturated;
}

template Commit(count) {
    signal input salt;
    signal input values[count];
    signal output out;

    var blocks = (count + 14) \ 15;
    signal states[blocks + 1];
    states[0] <== salt;
    component hashes[blocks];
    for (var j = 0; j < blocks; j++) {
        hashes[j] = Poseidon(16);
        hashes[j].inputs[0] <== states[j];
        for (var k = 0; k < 15; k++) hashes[j].inputs[k + 1] <== 15 * j + k < count ? values[15 * j + k] : 0;
        states[j + 1] <== hashes[j].out;
    }
    out <== states[blocks];
}

// A model of 48 bits a weight, committed five a field element; forward are the upper 32 bits of the weights.
template Model(columns) {
    signal input salt;
    signal input weights[columns];
    signal output forward[columns];
    signal output commitment;

    var packed = (columns + 4) \ 5;
    var sums[packed];
    component split[columns];
    for (var k = 0; k < columns; k++) {
        split[k] = Split(32, 16);
        split[k].value <== weights[k] + (1 << 47) + (1 << 15);
        forward[k] <== split[k].quotient - (1 << 31);
        sums[k \ 5] += split[k].value * (1 << (48 * (k % 5)));
    }
    component commit = Commit(packed);
    commit.salt <== salt;
    for (var j = 0; j < packed; j++) commit.values[j] <== sums[j];
    commitment <== commit.out;
}

// Features and label of a row in two field elements: 15 features of 16 bits each, the label on top of the second.
template Pack() {
    signal input x[30];
    signal input y;
    signal output out[2];

    y * (y - 1) === 0;
    var sums[2];
    signal bits[30][16];
    for (var k = 0; k < 30; k++) {
        bits[k] <== Num2Bits(16)(x[k] + (1 << 15));
        sums[k \ 15] += (x[k] + (1 << 15)) * (1 << (16 * (k % 15)));
    }
    out[0] <== sums[0];
    out[1] <== sums[1] + y * (1 << 240);
}

// Prediction minus target, with 14 fractional bits.
template Error(table) {
    signal input x[30];
    signal input y;
    signal input forward[31];
    signal output out;

    signal terms[30];
    var logit = forward[0] * (1 << 12);
    for (var k = 0; k < 30; k++) {
        terms[k] <== x[k] * forward[k + 1];
        logit += terms[k];
    }
    component index = Split(16, 16);
    index.value <== logit + (1 << 31) + (1 << 15);
    signal prediction <== Sigmoid(table)(index.high_bits);
    out <== prediction - y * (1 << 14);
}

// next = weight - floor(rate * gradient / 2^32 + 1/2), for models in range
template Update() {
    signal input weight;
    signal input next;
    signal input rate;
    signal input gradient;

    signal change <== rate * gradient + (1 << 31);
    signal remainder[32] <== Num2Bits(32)(change - (weight - next) * (1 << 32));
}

template Gradient(rows, table) {
    signal input rate;
    signal input x[rows][30];
    signal input y[rows];
    signal input weights[31];
    signal input trained[31];
    signal input salts[3];
    signal output data;
    signal output before;
    signal output after;

    component model = Model(31);
    model.salt <== salts[1];
    model.weights <== weights;
    before <== model.commitment;

    component commit = Commit(2 * rows);
    commit.salt <== salts[0];
    signal errors[rows];
    signal terms[rows][30];
    var gradient[31];
    component packs[rows];
    for (var i = 0; i < rows; i++) {
        packs[i] = Pack();
        packs[i].x <== x[i];
        packs[i].y <== y[i];
        commit.values[2 * i] <== packs[i].out[0];
        commit.values[2 * i + 1] <== packs[i].out[1];
        errors[i] <== Error(table)(x[i], y[i], model.forward);
        gradient[0] += errors[i] * (1 << 12);
        for (var k = 0; k < 30; k++) {
            terms[i][k] <== x[i][k] * errors[i];
            gradient[k + 1] += terms[i][k];
        }
    }
    data <== commit.out;

    component result = Model(31);
    result.salt <== salts[2];
    result.weights <== trained;
    for (var k = 0; k < 31; k++) Update()(weights[k], trained[k], rate, gradient[k]);
    after <== result.commitment;
}
