package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;

/** Providers and aggregators that lie: each lie is refused, and the refusal says whose it is. */
class AveragingSoundnessTest {

    private static final Committer COMMITTER = KnownSetup.of(8).committer();
    private static final TestRound ROUND = TestRound.random(new Random(1), 4, 3, 2, 8);
    private static final ContributorSet SET = ROUND.set(COMMITTER);

    @Test
    void refusesEveryShareThatDoesNotOpen() {
        final VectorOpening good = ROUND.share(2, 1);
        final List<VectorOpening> lies = new ArrayList<>(List.of(
                ROUND.share(1, 1), ROUND.share(2, 0), good.times(Scalar.of(2)), good.times(Scalar.ONE.negate())));
        for (int i = 0; i < 4; i++) {
            final List<Scalar> values = new ArrayList<>(good.values());
            values.set(i, values.get(i).add(Scalar.ONE));
            lies.add(new VectorOpening(values, good.blinder()));
        }
        lies.add(new VectorOpening(good.values(), good.blinder().add(Scalar.ONE)));
        for (VectorOpening lie : lies) {
            final Map<BigInteger, VectorOpening> sent = ROUND.sharesFor(1);
            sent.put(TestRound.account(2), lie);
            assertRefused(
                    "the share of 0x3eb for aggregator 2 does not open", () -> SET.partialSum(1, sent, COMMITTER));
        }
    }

    @Test
    void refusesAMissingShareAndLeavesOutWhatOthersSent() {
        final Map<BigInteger, VectorOpening> sent = ROUND.sharesFor(0);
        sent.put(BigInteger.TEN, ROUND.share(0, 0));
        assertTrue(SET.isPartialSum(0, SET.partialSum(0, sent, COMMITTER), COMMITTER));
        sent.remove(TestRound.account(3));
        assertRefused("the share of 0x3ec for aggregator 1 is missing", () -> SET.partialSum(0, sent, COMMITTER));
    }

    /** Equivocation: the commitments leave an aggregator one partial sum, whoever it tells. */
    @Test
    void refusesEveryOtherPartialSum() {
        final List<VectorOpening> sums = ROUND.partialSums(COMMITTER);
        for (int k = 0; k < 3; k++) {
            for (VectorOpening lie : lies(sums.get(k))) {
                final List<VectorOpening> told = new ArrayList<>(sums);
                told.set(k, lie);
                assertRefused(
                        "the partial sum of aggregator " + (k + 1),
                        () -> NextModel.of(SET, told, ROUND.format(), COMMITTER));
            }
        }
        final List<VectorOpening> swapped = new ArrayList<>(sums);
        Collections.swap(swapped, 0, 2);
        assertRefused("the partial sum of aggregator 1", () -> NextModel.of(SET, swapped, ROUND.format(), COMMITTER));
        assertRefused("2 partial sums of 3", () -> NextModel.of(SET, sums.subList(0, 2), ROUND.format(), COMMITTER));
    }

    private static List<VectorOpening> lies(VectorOpening sum) {
        final List<Scalar> values = new ArrayList<>(sum.values());
        values.set(3, values.get(3).add(Scalar.ONE));
        return List.of(
                new VectorOpening(values, sum.blinder()),
                new VectorOpening(sum.values(), sum.blinder().sub(Scalar.ONE)),
                sum.times(Scalar.of(2)));
    }

    @Test
    void refusesThePartialSumOfASmallerSetOrOfOtherWeights() {
        final ContributorSet smaller =
                new ContributorSet(TestRound.ID, 3, 3, SET.contributors().subList(0, 3));
        final VectorOpening sum = smaller.partialSum(0, ROUND.sharesFor(0), COMMITTER);
        assertTrue(smaller.isPartialSum(0, sum, COMMITTER));
        assertFalse(SET.isPartialSum(0, sum, COMMITTER));
        final List<Contributor> heavier = new ArrayList<>(SET.contributors());
        final Contributor first = heavier.getFirst();
        heavier.set(0, new Contributor(first.account(), first.weight() + 1, first.out(), first.shares()));
        final ContributorSet other = new ContributorSet(TestRound.ID, 3, 3, heavier);
        assertFalse(SET.isPartialSum(0, other.partialSum(0, ROUND.sharesFor(0), COMMITTER), COMMITTER));
    }

    /** TRAIN keeps such a model out of a round; were it let in, the average would say so. */
    @Test
    void refusesASumThatIsNoneOfModelsInRange() {
        final VectorOpening large = new VectorOpening(List.of(Scalar.powerOfTwo(100)), Scalar.ONE);
        final VectorOpening share = new VectorOpening(List.of(Scalar.of(5)), Scalar.of(6));
        final Contributor contributor =
                new Contributor(BigInteger.ONE, 1, large.commit(COMMITTER), List.of(share.commit(COMMITTER)));
        final ContributorSet set = new ContributorSet(
                TestRound.ID, 2, 3, List.of(contributor, nothing(TestRound.account(0)), nothing(TestRound.account(1))));
        assertRefused(
                "the sum of weight 0 is not from",
                () -> NextModel.of(set, List.of(share, large.subtract(share)), new FixedPoint(8), COMMITTER));
    }

    /** A contribution of zeros with a blinder of zero. */
    private static Contributor nothing(BigInteger account) {
        return new Contributor(account, 1, G1Affine.INFINITY, List.of(G1Affine.INFINITY));
    }

    @Test
    void refusesSetsThatCannotBe() {
        final List<Contributor> all = SET.contributors();
        final Contributor first = all.getFirst();
        assertRefused(
                "has 0 contributors, fewer than the campaign's minimum of 3",
                () -> new ContributorSet(TestRound.ID, 3, 3, List.of()));
        assertRefused("has 2 contributors, fewer", () -> new ContributorSet(TestRound.ID, 3, 3, all.subList(0, 2)));
        assertRefused("has 4 contributors, fewer", () -> new ContributorSet(TestRound.ID, 3, 5, all));
        assertRefused("a minimum of 2", () -> new ContributorSet(TestRound.ID, 3, 2, all));
        assertRefused(
                "comes twice", () -> new ContributorSet(TestRound.ID, 3, 3, List.of(first, first, all.getLast())));
        assertRefused("has 2 share commitments, not 3", () -> new ContributorSet(TestRound.ID, 4, 3, all));
        assertRefused("1 aggregators", () -> new ContributorSet(TestRound.ID, 1, 3, all));
        assertRefused("9 aggregators", () -> new ContributorSet(TestRound.ID, 9, 3, all));
        assertRefused("weight 0", () -> new Contributor(BigInteger.ONE, 0, first.out(), first.shares()));
        assertRefused("weight 4294967296", () -> new Contributor(BigInteger.ONE, 1L << 32, first.out(), List.of()));
        assertRefused("shares for one aggregator", () -> ModelShares.draw(1, 2));
    }

    @Test
    void theDigestIsTheSetsWhateverTheOrder() {
        final List<Contributor> reversed = SET.contributors().reversed();
        final byte[] digest = new ContributorSet(TestRound.ID, 3, 3, reversed).digest();
        assertArrayEquals(SET.digest(), digest);
        final Set<String> digests = new HashSet<>();
        digests.add(HexFormat.of().formatHex(digest));
        final RoundId next = new RoundId(
                TestRound.ID.chainId(), TestRound.ID.contract(), TestRound.ID.campaignId(), TestRound.ID.round() + 1);
        final Contributor first = reversed.getFirst();
        final G1Affine other = G1Affine.GENERATOR;
        for (ContributorSet changed : List.of(
                new ContributorSet(next, 3, 3, reversed),
                new ContributorSet(TestRound.ID, 3, 3, reversed.subList(1, 4)),
                with(new Contributor(BigInteger.ONE, first.weight(), first.out(), first.shares())),
                with(new Contributor(first.account(), first.weight() + 1, first.out(), first.shares())),
                with(new Contributor(first.account(), first.weight(), other, first.shares())),
                with(new Contributor(
                        first.account(),
                        first.weight(),
                        first.out(),
                        List.of(first.shares().getFirst(), other))))) {
            assertTrue(digests.add(HexFormat.of().formatHex(changed.digest())));
        }
    }

    private static ContributorSet with(Contributor first) {
        final List<Contributor> all = new ArrayList<>(SET.contributors().reversed());
        all.set(0, first);
        return new ContributorSet(TestRound.ID, 3, 3, all);
    }

    @Test
    void decodesNothingButItsOwnBytes() {
        final VectorOpening share = ROUND.share(0, 0);
        final byte[] bytes = share.encode();
        assertEquals(32 * 5, bytes.length);
        assertEquals(share, VectorOpening.decode(bytes, 2));
        for (int lk : new int[] {0, 1, 3}) {
            assertRefused("160 bytes for 2^" + lk, () -> VectorOpening.decode(bytes, lk));
        }
        for (int length : new int[] {0, 31, 159, 161}) {
            assertRefused(length + " bytes", () -> VectorOpening.decode(Arrays.copyOf(bytes, length), 2));
        }
        for (int i = 0; i < 5; i++) {
            final byte[] changed = bytes.clone();
            put(changed, i, Fr.MODULUS.subtract(BigInteger.ONE));
            assertArrayEquals(changed, VectorOpening.decode(changed, 2).encode());
            final int at = 32 * i;
            for (BigInteger value : List.of(
                    Fr.MODULUS,
                    Fr.MODULUS.add(BigInteger.ONE),
                    BigInteger.TWO.pow(256).subtract(BigInteger.ONE))) {
                put(changed, i, value);
                assertRefused("the scalar at byte " + at, () -> VectorOpening.decode(changed, 2));
            }
        }
    }

    private static void put(byte[] bytes, int index, BigInteger value) {
        final byte[] raw = RoundId.word(value);
        System.arraycopy(raw, 0, bytes, 32 * index, 32);
    }

    @Test
    void takesNoModelOutOfRange() {
        for (int b = 8; b <= 16; b += 2) {
            final FixedPoint format = new FixedPoint(b);
            for (long weight : new long[] {format.weightMin(), -1, 0, format.weightEnd() - 1}) {
                final ModelOpening model = new ModelOpening(new long[] {0, weight}, Scalar.of(9));
                final ModelOpening read =
                        ModelOpening.of(VectorOpening.decode(model.vector().encode(), 1), format);
                assertArrayEquals(model.weights(), read.weights());
                assertEquals(model.blinder(), read.blinder());
            }
            for (Scalar weight : List.of(
                    Scalar.of(format.weightMin() - 1),
                    Scalar.of(format.weightEnd()),
                    Scalar.powerOfTwo(64),
                    Scalar.powerOfTwo(64).negate(),
                    Scalar.of(Fr.MODULUS.shiftRight(1)))) {
                assertRefused(
                        "weight 1 is not from",
                        () -> ModelOpening.of(new VectorOpening(List.of(Scalar.ZERO, weight), Scalar.ONE), format));
            }
        }
    }

    @Test
    void textsShowNoSecret() {
        final ModelOpening model = new ModelOpening(new long[] {77_777, 88_888}, Scalar.of(99_999));
        assertEquals("opening of a model of 2 weights", model.toString());
        assertEquals("opening of 2^1 values", model.vector().toString());
        assertFalse(model.blinded().toString().contains("99999"));
    }

    @Test
    void decodesNoOtherSharesFromTheVault() {
        final byte[] bytes = ModelShares.draw(3, 1).encode();
        for (int length : new int[] {0, 7, 8, bytes.length - 1, bytes.length + 1}) {
            assertThrows(IllegalArgumentException.class, () -> ModelShares.decode(Arrays.copyOf(bytes, length)));
        }
        for (int i : new int[] {0, 3, 4, 7}) {
            final byte[] changed = bytes.clone();
            changed[i] ^= (byte) 0x81;
            assertThrows(IllegalArgumentException.class, () -> ModelShares.decode(changed));
        }
    }

    private static void assertRefused(String expected, Supplier<?> call) {
        final String message =
                assertThrows(IllegalArgumentException.class, call::get).getMessage();
        assertTrue(message.contains(expected), message);
    }
}
