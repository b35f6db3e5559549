package org.zkml.prover.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.pad.PadEquation;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.FirstSumcheck;
import org.zkml.prover.sumcheck.SecondSumcheck;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.transcript.Transcript;

/**
 * The prover of docs/proof-system.md, section 4, a second time: from the text, coefficient by coefficient, committing by the known tau and xi. It keeps all that it knows, and every
 * step on which soundness depends can be replaced by an attack. Against a {@link Weakening} it proves what the weakened verifier checks. Long, since it goes through the protocol from top to bottom as the text does.
 */
public class SlowProver {

    /** A polynomial as committed. */
    public record Committed(Scalar[] coefficients, Scalar blinder) {
        Scalar logarithm(KnownSetup setup) {
            return Coefficients.evaluate(coefficients, setup.tau()).add(blinder.mul(setup.xi()));
        }
    }

    protected final Structure structure;
    private final Relation relation;
    private final Witness witness;
    private final KnownSetup setup;
    private final Function<String, Scalar> randomness;
    private final Weakening weakening;
    private final Transcript transcript;
    private final ProofWriter out;
    private final Challenges challenges = new Challenges();

    private final Map<String, Committed> committed = new LinkedHashMap<>();
    private final List<Scalar> drawn = new ArrayList<>();
    private final Scalar[] slots = new Scalar[Pad.SLOTS];
    private final Scalar[] values;
    private final Scalar[] sent;
    private final Witness.Blinded[] columns;
    private Scalar lambda;
    private Scalar[] u;
    private List<LinearClaim> claims;

    public SlowProver(
            Relation relation,
            Witness witness,
            KnownSetup setup,
            Function<String, Scalar> randomness,
            Weakening weakening) {
        this.relation = relation;
        this.structure = relation.structure();
        this.witness = witness;
        this.setup = setup;
        this.randomness = randomness;
        this.weakening = weakening;
        transcript = new Transcript(relation.encodeStatement());
        out = new ProofWriter(transcript);
        values = new Scalar[structure.hiddenMessages()];
        sent = new Scalar[structure.hiddenMessages()];
        columns = new Witness.Blinded[structure.columns().size()];
    }

    // what an attack may replace; as it stands, the honest prover

    /** c_j. */
    protected Scalar product(int j, Scalar a, Scalar b) {
        return a.mul(b);
    }

    /** The value V that is committed, given the true one and the combined equation at any eta. */
    protected Scalar value(Scalar honest, Function<Scalar, PadEquation> equation) {
        return honest;
    }

    /** Quotients of {@code f - value} by the variables less u, given the true ones. */
    protected Scalar[][] quotients(Scalar[][] honest, Scalar change, Scalar... point) {
        return honest;
    }

    /** R, given the remainder of the weighted pads modulo Z_H: R's coefficients and, before them, what must be zero. */
    protected Scalar[] r(Scalar... remainder) {
        return Arrays.copyOfRange(remainder, 1, remainder.length);
    }

    /** The value a, given A(x) and lines 2 and 3 as functions of it. */
    protected Scalar a(Scalar honest, Function<Scalar, Scalar> line2) {
        return honest;
    }

    /** The value e, given g(1/x) and the left side of line 4. */
    protected Scalar e(Scalar honest, Scalar line4) {
        return honest;
    }

    /** Where the bounds of the columns come from. */
    protected Structure bounds() {
        return structure;
    }

    /** {@code K0 + <a, wa> + <b, wb> + <c, wc>}: minus theta times the V that makes an equation true. */
    protected final Scalar withoutV(PadEquation equation) {
        final Scalar[] weightsA = equation.weightsA();
        final Scalar[] weightsB = equation.weightsB();
        final Scalar[] weightsC = equation.weightsC();
        Scalar sum = equation.constant();
        for (int j = 0; j < Pad.ORDER; j++) {
            final Scalar a = slots[2 * j];
            final Scalar b = slots[2 * j + 1];
            sum = sum.add(a.mul(weightsA[j]))
                    .add(b.mul(weightsB[j]))
                    .add(product(j, a, b).mul(weightsC[j]));
        }
        return sum;
    }

    /** A challenge, all that was written before it being absorbed. */
    protected Scalar challenge(Scalar honest) {
        return honest;
    }

    private Scalar challenge() {
        final Scalar challenge = challenge(transcript.challenge());
        drawn.add(challenge);
        return challenge;
    }

    private Scalar[] challenges(int count) {
        final Scalar[] point = new Scalar[count];
        for (int i = 0; i < count; i++) {
            point[i] = challenge();
        }
        return point;
    }

    private Scalar answer() {
        out.absorb();
        return challenge();
    }

    private Scalar[] commit(String label, Scalar... coefficients) {
        final Committed polynomial = new Committed(coefficients, randomness.apply(label));
        committed.put(label, polynomial);
        out.point(G1Affine.GENERATOR.mul(polynomial.logarithm(setup)));
        return coefficients;
    }

    private void send(int slot, Scalar value) {
        values[slot] = value;
        sent[slot] = value.add(slots[slot]);
        out.scalar(sent[slot]);
    }

    /** What was committed, by the labels of the randomness. */
    public Map<String, Committed> committed() {
        return committed;
    }

    /** The hidden messages without their pads, by slot. */
    public Scalar[] values() {
        return values;
    }

    /** The pad of a slot. */
    public Scalar pad(int slot) {
        return slots[slot];
    }

    /** The hidden messages as sent, by slot. */
    public Scalar[] sent() {
        return sent;
    }

    /** All challenges in order. */
    public List<Scalar> drawn() {
        return drawn;
    }

    public byte[] prove() {
        commitPads();
        final List<Witness.Blinded> known = witness.statementColumns();
        int next = 0;
        for (int j = 0; j < columns.length; j++) {
            final Kind kind = structure.columns().get(j).kind();
            if (kind == Kind.EXTERNAL || kind == Kind.FIXED) {
                columns[j] = known.get(next++);
            }
        }
        commitColumns(Kind.FIRST_PHASE, witness.firstPhase());
        out.absorb();
        challenges.setFirst(challenges(structure.firstChallenges()));
        commitColumns(Kind.SECOND_PHASE, witness.secondPhase(challenges));
        out.absorb();
        challenges.setPoints(structure.points().stream().map(this::challenges).toArray(Scalar[][]::new));
        firstSumcheck();
        lambda = challenge();
        secondSumcheck();
        open();
        return out.proof();
    }

    private void commitPads() {
        final Scalar[] a = new Scalar[Pad.ORDER];
        final Scalar[] b = new Scalar[Pad.ORDER];
        final Scalar[] c = new Scalar[Pad.ORDER];
        for (int j = 0; j < Pad.ORDER; j++) {
            a[j] = randomness.apply("a_" + j);
            b[j] = randomness.apply("b_" + j);
            c[j] = product(j, a[j], b[j]);
            slots[2 * j] = a[j];
            slots[2 * j + 1] = b[j];
        }
        final Scalar star = randomness.apply("a_star");
        final Scalar[] blindedA = Arrays.copyOf(Pad.interpolate(a), Pad.ORDER + 1);
        blindedA[Pad.ORDER] = star;
        blindedA[0] = blindedA[0].sub(star);
        commit("A", blindedA);
        commit("B", Pad.interpolate(b));
        commit("C", Pad.interpolate(c));
    }

    private void commitColumns(Kind kind, List<MultilinearPolynomial> polynomials) {
        final List<Integer> indices = structure.columnsOf(kind);
        for (int i = 0; i < indices.size(); i++) {
            final String label = structure.columns().get(indices.get(i)).name();
            commit(label, Univariate.of(polynomials.get(i)));
            columns[indices.get(i)] =
                    new Witness.Blinded(polynomials.get(i), committed.get(label).blinder());
        }
    }

    private void firstSumcheck() {
        final Scalar[] hidden = witness.hiddenSums(challenges);
        for (int i = 0; i < hidden.length; i++) {
            send(structure.hiddenSlot(i), hidden[i]);
        }
        challenges.setGamma(answer());
        final List<SumGroup> groups = witness.sums(challenges);
        final Scalar[] claimed = new Scalar[structure.sums().size()];
        for (int j = 0; j < claimed.length; j++) {
            final Form form = relation.sumClaim(j);
            claimed[j] = form.constant();
            for (Form.Linear term : form.linear()) {
                claimed[j] = claimed[j].add(term.coefficient().mul(values[term.slot()]));
            }
        }
        final FirstSumcheck sumcheck = new FirstSumcheck(groups, claimed, challenges.gamma());
        final Scalar[] r = new Scalar[structure.n1()];
        for (int k = r.length - 1, round = 0; k >= 0; k--, round++) {
            final Scalar[] message = sumcheck.round(k);
            for (int place = 0; place < message.length; place++) {
                send(structure.firstSumcheckSlot(round, place), message[place]);
            }
            r[k] = answer();
            sumcheck.bind(k, r[k]);
        }
        challenges.setRounds(r);
        final Scalar[] atPoint = witness.values(groups);
        for (int i = 0; i < atPoint.length; i++) {
            send(i, atPoint[i]);
        }
        challenges.setClear(witness.clearValues(challenges));
        for (Scalar value : challenges.clear()) {
            out.scalar(value);
        }
        out.absorb();
    }

    private void secondSumcheck() {
        claims = relation.linearClaims(challenges);
        final SecondSumcheck sumcheck = JoinedClaims.secondSumcheck(structure, claims, lambda, columns);
        u = new Scalar[structure.n2()];
        for (int k = u.length - 1, round = 0; k >= 0; k--, round++) {
            final Scalar[] message = sumcheck.round(k);
            send(structure.secondSumcheckSlot(round, 0), message[0]);
            send(structure.secondSumcheckSlot(round, 1), message[1]);
            u[k] = answer();
            sumcheck.bind(k, u[k]);
        }
    }

    private void open() {
        final int n2 = structure.n2();
        final Scalar[] weights = ColumnWeights.at(structure, claims, lambda, u);
        Scalar[] f = Univariate.zeros(1 << n2);
        for (int j = 0; j < columns.length; j++) {
            f = Univariate.add(f, Univariate.scale(Univariate.of(columns[j].polynomial()), weights[j]));
        }
        final Function<Scalar, PadEquation> equationAt =
                eta -> weakening.equation(relation, challenges, claims, lambda, u, eta, sent);
        final Scalar honest = Univariate.multilinear(f).evaluate(u);
        final Scalar v = commit("C_V", value(honest, equationAt))[0];
        final Scalar nu = randomness.apply("nu");
        commit("C_nu", nu);
        final Scalar[][] q = quotients(Univariate.divide(f, u), v.sub(honest), u);
        for (int k = 0; k < n2; k++) {
            commit("q" + k, q[k]);
        }
        final Scalar eta = answer();

        final PadEquation equation = equationAt.apply(eta);
        final Scalar[] a = committed.get("A").coefficients();
        final Scalar[] b = committed.get("B").coefficients();
        final Scalar[] c = committed.get("C").coefficients();
        final Scalar[] constant = {
            equation.constant().add(equation.theta().mul(v)).mul(Pad.orderInverse())
        };
        final Scalar[] weighted = Univariate.add(
                Univariate.multiply(a, Pad.interpolate(equation.weightsA())),
                Univariate.multiply(b, Pad.interpolate(equation.weightsB())),
                Univariate.multiply(c, Pad.interpolate(equation.weightsC())),
                constant);
        final Scalar[] r = commit("R", r(Univariate.remainderByVanishing(weighted)));
        final Scalar kappa = answer();
        final Scalar[] products = weakening.keeps(Weakening.Part.PRODUCTS)
                ? Univariate.subtract(Univariate.multiply(a, b), c)
                : Univariate.zeros(1);
        final Scalar[] rest = Univariate.subtract(weighted, Univariate.shift(r));
        final Scalar[] bigQ =
                commit("Q", Univariate.quotientByVanishing(Univariate.add(products, Univariate.scale(rest, kappa))));
        final Scalar y = answer();
        final Scalar[] g = commit("g", degreeCheck(q, r, v, nu, y));
        final Scalar x = answer();
        final Function<Scalar, Scalar> line2 = guess -> line2(equation, constant[0], r, bigQ, kappa, x, guess);
        final Scalar aAtX = a(Univariate.at(a, x), line2);
        final Scalar eAtX = e(Univariate.at(g, x.inverse()), line4(q, r, v, nu, y, x));
        out.scalar(aAtX);
        out.scalar(eAtX);
        final Scalar z = answer();

        final Committed p1 = weakening.combine(
                z,
                node -> p1(new OpeningCoefficients(
                        bounds(), weights, equation, new OpeningCoefficients.Point(u, kappa, y, x, aAtX, eAtX, node))));
        Scalar[] first = p1.coefficients();
        Scalar blinder1 = p1.blinder();
        if (!weakening.keeps(Weakening.Part.PRODUCTS)) {
            first = Univariate.subtract(first, Univariate.scale(Univariate.subtract(Univariate.scale(b, aAtX), c), z));
            final Scalar blinders = aAtX.mul(committed.get("B").blinder())
                    .sub(committed.get("C").blinder());
            blinder1 = blinder1.sub(z.mul(blinders));
        }
        commit("s_1", Univariate.divideByLinear(first, x));
        commit("s_2", Univariate.divideByLinear(g, x.inverse()));
        final Scalar w = answer();
        final Scalar delta1 = delta(blinder1, committed.get("s_1").blinder(), x);
        final Scalar delta2 =
                delta(committed.get("g").blinder(), committed.get("s_2").blinder(), x.inverse());
        final boolean both = weakening.keeps(Weakening.Part.SECOND_POINT);
        out.point(G1Affine.GENERATOR.mul(both ? delta1.add(w.mul(delta2)) : delta1));
        out.keep();
    }

    private Scalar delta(Scalar blinder, Scalar quotientBlinder, Scalar point) {
        return blinder.sub(quotientBlinder.mul(setup.tau().sub(point)));
    }

    /** sum_k y^k rev_{2^k}(q_k) + y^{n2} rev_{m-1}(R) + ..; coefficients beyond a bound would have negative powers and are left out. */
    private Scalar[] degreeCheck(Scalar[][] q, Scalar[] r, Scalar v, Scalar nu, Scalar y) {
        Scalar[] g = Univariate.zeros(1);
        Scalar power = Scalar.ONE;
        for (Bounded each : bounded(q, r, v, nu)) {
            g = Univariate.add(g, Univariate.scale(Univariate.reverse(each.polynomial, each.size), power));
            power = power.mul(y);
        }
        return g;
    }

    /** The left side of line 4 at x, without e. */
    private Scalar line4(Scalar[][] q, Scalar[] r, Scalar v, Scalar nu, Scalar y, Scalar x) {
        Scalar sum = Scalar.ZERO;
        Scalar power = Scalar.ONE;
        for (Bounded each : bounded(q, r, v, nu)) {
            sum = sum.add(power.mul(x.inverse().pow(each.size - 1L)).mul(Univariate.at(each.polynomial, x)));
            power = power.mul(y);
        }
        return sum;
    }

    private record Bounded(Scalar[] polynomial, int size) {}

    private List<Bounded> bounded(Scalar[][] q, Scalar[] r, Scalar v, Scalar nu) {
        final List<Bounded> all = new ArrayList<>();
        for (int k = 0; k < q.length; k++) {
            all.add(new Bounded(q[k], 1 << k));
        }
        all.add(new Bounded(r, Pad.ORDER - 1));
        all.add(new Bounded(new Scalar[] {v}, 1));
        all.add(new Bounded(new Scalar[] {nu}, 1));
        for (int j : structure.columnsOf(Kind.EXTERNAL)) {
            all.add(new Bounded(
                    Univariate.of(columns[j].polynomial()),
                    1 << bounds().columns().get(j).numVars()));
        }
        return all;
    }

    /** a B - C + kappa (a wA + wB B + wC C + (K0 + theta V)/m - x R) - Z_H Q at x, for any a. */
    private Scalar line2(
            PadEquation equation, Scalar constant, Scalar[] r, Scalar[] bigQ, Scalar kappa, Scalar x, Scalar a) {
        final Scalar b = Univariate.at(committed.get("B").coefficients(), x);
        final Scalar c = Univariate.at(committed.get("C").coefficients(), x);
        final Scalar sum = a.mul(Univariate.at(Pad.interpolate(equation.weightsA()), x))
                .add(b.mul(Univariate.at(Pad.interpolate(equation.weightsB()), x)))
                .add(c.mul(Univariate.at(Pad.interpolate(equation.weightsC()), x)))
                .add(constant)
                .sub(x.mul(Univariate.at(r, x)));
        return a.mul(b).sub(c).add(kappa.mul(sum)).sub(Pad.vanishing(x).mul(Univariate.at(bigQ, x)));
    }

    /** P1 as the combination of what was committed. */
    private Committed p1(OpeningCoefficients p1) {
        final Map<Committed, Scalar> terms = new LinkedHashMap<>();
        for (int j = 0; j < columns.length; j++) {
            terms.put(new Committed(Univariate.of(columns[j].polynomial()), columns[j].blinder()), p1.columns[j]);
        }
        for (int k = 0; k < p1.quotients.length; k++) {
            terms.put(committed.get("q" + k), p1.quotients[k]);
        }
        terms.put(committed.get("C_V"), p1.v);
        terms.put(committed.get("C_nu"), p1.nu);
        terms.put(committed.get("A"), p1.a);
        terms.put(committed.get("B"), p1.b);
        terms.put(committed.get("C"), p1.c);
        terms.put(committed.get("R"), p1.r);
        terms.put(committed.get("Q"), p1.bigQ);
        terms.put(new Committed(new Scalar[] {Scalar.ONE}, Scalar.ZERO), p1.one);
        Scalar[] sum = Univariate.zeros(1);
        Scalar blinder = Scalar.ZERO;
        for (Map.Entry<Committed, Scalar> term : terms.entrySet()) {
            sum = Univariate.add(sum, Univariate.scale(term.getKey().coefficients(), term.getValue()));
            blinder = blinder.add(term.getValue().mul(term.getKey().blinder()));
        }
        return new Committed(sum, blinder);
    }
}
