// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// Statements of the proofs (docs/proof-system.md, section 3). Every member is static, so that
// `keccak256(abi.encode(DOMAIN, statement))` is the transcript's initial state (EVALUATE has two forms, see there). The
// caller builds a statement from what it has stored; the verifier knows the domain.

/// @notice A point of BN254's G1, affine; infinity is (0, 0).
struct G1Point {
    uint256 x;
    uint256 y;
}

/// @notice A point of BN254's G2 in EIP-197's order: the imaginary part comes first.
struct G2Point {
    uint256 xIm;
    uint256 xRe;
    uint256 yIm;
    uint256 yRe;
}

/// @notice What a TRAIN proof is about (section 6).
struct TrainStatement {
    /// Chain of the contract that stores the result.
    uint256 chainId;
    /// Contract that stores the result.
    address registry;
    /// Account that the contribution belongs to.
    address contributor;
    /// The campaign.
    uint256 taskId;
    /// Round of the campaign, from 0.
    uint256 round;
    /// 2^lb batches.
    uint256 lb;
    /// 2^li rows a batch.
    uint256 li;
    /// 2^lk features.
    uint256 lk;
    /// Room for 2^lt steps.
    uint256 lt;
    /// Gradient steps done, 1 to 2^lt.
    uint256 steps;
    /// Bits a limb: even, 8 to 16.
    uint256 b;
    /// Fractional bits of predictions and targets, below b.
    uint256 fp;
    /// Learning rate over batch rows, fixed point with 3b - fp fractional bits, below 2^64.
    uint256 c;
    /// Weight decay, fixed point with 2b fractional bits, below 2^64.
    uint256 d;
    /// Commitment to the activation table (fixed, blinder 0).
    G1Point cTable;
    /// Commitments to features and targets, registered by a DATASET proof.
    G1Point cX;
    G1Point cY;
    /// Commitments to the model before and after.
    G1Point cIn;
    G1Point cOut;
    /// The setup's [tau]_2 and [xi]_2.
    G2Point tau2;
    G2Point xi2;
}

/// @notice What a DATASET proof is about (section 7).
struct DatasetStatement {
    /// Chain of the contract that stores the result.
    uint256 chainId;
    /// Contract that stores the result.
    address registry;
    /// Account that the data set belongs to.
    address contributor;
    /// keccak-256 of the schema document.
    bytes32 schemaHash;
    /// 2^ln rows, padding included.
    uint256 ln;
    /// 2^lk features, padding included.
    uint256 lk;
    /// Bits a limb: even, 8 to 16.
    uint256 b;
    /// Rows with data, 1 to 2^ln.
    uint256 n;
    /// Features with data (intercept included), 1 to 2^lk.
    uint256 feat;
    /// Commitments to features and targets.
    G1Point cX;
    G1Point cY;
    /// The setup's [tau]_2 and [xi]_2.
    G2Point tau2;
    G2Point xi2;
}

/// @notice What an AGGREGATE proof is about (section 7a).
struct AggregateStatement {
    /// Chain of the contract that stores the result.
    uint256 chainId;
    /// Contract that stores the result.
    address registry;
    /// Account of the campaign's owner.
    address owner;
    /// The campaign.
    uint256 taskId;
    /// Round of the campaign, from 0.
    uint256 round;
    /// 2^lk features.
    uint256 lk;
    /// Bits a limb: even, 8 to 16.
    uint256 b;
    /// N, sum of the weights of the models in cSum, 1 to 2^2b.
    uint256 weightTotal;
    /// Weighted sum of the commitments to the round's models.
    G1Point cSum;
    /// Commitment to the next model.
    G1Point cNext;
    /// The setup's [tau]_2 and [xi]_2.
    G2Point tau2;
    G2Point xi2;
}

/// @notice What an INFER proof is about (section 7a).
struct InferStatement {
    /// Chain of the contract that sells the answers.
    uint256 chainId;
    /// Contract that sells the answers.
    address registry;
    /// Account that answers.
    address server;
    /// The listed model.
    uint256 listingId;
    /// The query that is answered.
    uint256 queryId;
    /// 2^lq rows of the query, padding included.
    uint256 lq;
    /// 2^lk features.
    uint256 lk;
    /// Bits a limb: even, 8 to 16.
    uint256 b;
    /// Fractional bits of predictions, below b.
    uint256 fp;
    /// Commitment to the activation table (fixed, blinder 0).
    G1Point cTable;
    /// Commitment to the query's features.
    G1Point cX;
    /// Commitment to the model.
    G1Point cW;
    /// Commitment to the predictions.
    G1Point cP;
    /// The setup's [tau]_2 and [xi]_2.
    G2Point tau2;
    G2Point xi2;
}

/// @notice What an EVALUATE proof is about (section 7a).
// never stored: the order is that of the encoding
// solhint-disable-next-line gas-struct-packing
struct EvaluateStatement {
    /// Chain of the contract that stores the result.
    uint256 chainId;
    /// Contract that stores the result.
    address registry;
    /// Account that the result is credited to.
    address prover;
    /// The campaign.
    uint256 taskId;
    /// Number of the campaign's model.
    uint256 round;
    /// 2^ln rows, padding included.
    uint256 ln;
    /// 2^lk features.
    uint256 lk;
    /// Bits a limb: even, 8 to 16.
    uint256 b;
    /// Fractional bits of predictions and targets, below b.
    uint256 fp;
    /// Rows with data, 1 to 2^ln.
    uint256 n;
    /// Rows whose class is predicted rightly, at most n; 0 for regression, whose encoding leaves it out.
    uint256 hits;
    /// E, sum of (prediction - target)^2 over the n rows, fixed point with 2 fp fractional bits, below 2^128.
    uint256 squaredErrorSum;
    /// Commitment to the activation table (fixed, blinder 0).
    G1Point cTable;
    /// Commitments to features and targets, registered by a DATASET proof.
    G1Point cX;
    G1Point cY;
    /// Commitment to the model.
    G1Point cW;
    /// The setup's [tau]_2 and [xi]_2.
    G2Point tau2;
    G2Point xi2;
    /// Which form: targets of any value and no hits, instead of classes 0 and 1. Not encoded: the domain tells it.
    bool regression;
}
