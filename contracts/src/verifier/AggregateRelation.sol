// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {Limbs, LimbWeights} from "./Limbs.sol";
import {Multilinear} from "./Multilinear.sol";
import {Opening} from "./Opening.sol";
import {Pad} from "./Pad.sol";
import {Ranges} from "./Ranges.sol";
import {Sumcheck} from "./Sumcheck.sol";
import {Shape, Verification} from "./Verification.sol";
import {AggregateStatement} from "./VerifierTypes.sol";
import {Words} from "./Words.sol";

/// @title Relation AGGREGATE: the average of the round's models, rounded half up (docs/proof-system.md, section 7a)
library AggregateRelation {
    using Words for uint256;

    /// Statement points: C_sum, C_next, both external columns.
    uint256 internal constant POINTS = 2;

    /// Linear claims.
    uint256 private constant CLAIMS = 8;

    /// Coefficients of the witness columns, after A, B, C.
    uint256 private constant AUX = 3;
    uint256 private constant MULT = 4;
    uint256 private constant HAUX = 5;
    uint256 private constant HT = 6;

    /// The challenges by name, and tables of weights. All but the scalars alpha and claimScale are memory pointers.
    struct Points {
        uint256 alpha;
        uint256 rhoFeature;
        uint256 sigma;
        uint256 upsilon;
        /// eq(r, u) over the first k variables.
        uint256 eqRU;
        /// lambda^c, and what claim c's value counts with: -theta prod(u) lambda^c = claimScale lambda^c.
        uint256 lambdas;
        uint256 claimScale;
    }

    /// @notice Checks the statement's ranges and gives the shape of its proof.
    function shapeOf(AggregateStatement calldata s) internal pure returns (Shape memory shape) {
        Ranges.requireLimbWidth(s.b);
        Ranges.requireWithin("lk", s.lk, 0, Ranges.MAX_LOG);
        Ranges.requireWithin("weightTotal", s.weightTotal, 1, 1 << (2 * s.b));
        shape.phase1Points = 2;
        shape.phase2Points = 2;
        shape.phase1Challenges = 1;
        shape.phase2Challenges = s.lk + (s.lk + 3) + s.b;
        shape.hidden = 1;
        shape.pairs = 2;
        shape.n1 = s.lk + 3 > s.b ? s.lk + 3 : s.b;
        shape.n2 = shape.n1;
    }

    /// @notice Completes the pad form and sets the coefficients of the columns.
    function combine(AggregateStatement calldata s, Verification memory v) internal pure {
        v.form.theta = v.challenges.eta;
        uint256 claimFactor = Sumcheck.addFirst(v);
        uint256 minusTheta = FR - v.form.theta;
        Points memory p = _points(s, v);
        p.claimScale = mulmod(minusTheta, Sumcheck.addSecond(v, minusTheta), FR);
        _addValues(s, v, p, claimFactor);
        _addClaimConstants(s, v, p);
        _setColumns(s, v, p);
    }

    function _points(AggregateStatement calldata s, Verification memory v) private pure returns (Points memory p) {
        p.alpha = v.challenges.columns.at(0);
        p.rhoFeature = v.challenges.columns.skip(1);
        p.sigma = p.rhoFeature.skip(s.lk);
        p.upsilon = p.sigma.skip(s.lk + 3);
        p.eqRU = Multilinear.eqPrefixes(v.challenges.r, v.challenges.u, v.shape.n1);
        p.lambdas = Multilinear.powers(1, v.challenges.lambda, CLAIMS);
    }

    /// The sums at the first sum-check's point, on the values; the values in the claims; the hidden sum.
    function _addValues(
        AggregateStatement calldata s,
        Verification memory v,
        Points memory p,
        uint256 claimFactor
    ) private pure {
        uint256 r = v.challenges.r;
        uint256 tails = Multilinear.tails(r, v.shape.n1);
        // sum 0: eq (haux d - 1)
        uint256 sum = mulmod(tails.at(s.lk + 3), Multilinear.eq(p.sigma, r, s.lk + 3), FR);
        Pad.addPair(v, 0, FR - sum, _claim(p, 4), _claim(p, 5));
        Pad.addConstant(v, sum);
        // sum 1: eq (ht (alpha + y) - 1); sum 2: mult ht = v_S
        uint256 power = v.challenges.gamma;
        sum = mulmod(mulmod(power, tails.at(s.b), FR), Multilinear.eq(p.upsilon, r, s.b), FR);
        Pad.addConstant(v, sum);
        uint256 denominator = addmod(p.alpha, Multilinear.index(r, s.b), FR);
        uint256 second = addmod(_claim(p, 7), FR - mulmod(sum, denominator, FR), FR);
        power = mulmod(power, power, FR);
        Pad.addPair(v, 1, FR - mulmod(power, tails.at(s.b), FR), _claim(p, 6), second);
        Pad.addHidden(v, 0, addmod(mulmod(power, claimFactor, FR), _claim(p, 3), FR));
    }

    /// What the claims' values have beside the messages: the offset of the weights, floor(N/2), N - 1, -alpha.
    function _addClaimConstants(AggregateStatement calldata s, Verification memory v, Points memory p) private pure {
        uint256 offset = (1 << (3 * s.b - 1)) + (1 << (s.b - 1));
        uint256 sum = mulmod(_claim(p, 0), offset, FR);
        sum = addmod(sum, mulmod(_claim(p, 1), s.weightTotal / 2, FR), FR);
        sum = addmod(sum, mulmod(_claim(p, 2), s.weightTotal - 1, FR), FR);
        Pad.addConstant(v, addmod(sum, FR - mulmod(_claim(p, 5), p.alpha, FR), FR));
    }

    function _setColumns(AggregateStatement calldata s, Verification memory v, Points memory p) private pure {
        uint256 lambdas = p.lambdas;
        uint256 atLimbs = p.eqRU.at(s.lk + 3);
        uint256 atTable = p.eqRU.at(s.b);
        uint256 feature = Multilinear.eq(p.rhoFeature, v.challenges.u, s.lk);
        uint256 to = v.coefficients;
        uint256 weight = mulmod(feature, _limbs(s, v, p), FR);
        to.set(AUX, addmod(weight, mulmod(lambdas.at(5), atLimbs, FR), FR));
        to.set(MULT, mulmod(lambdas.at(6), atTable, FR));
        to.set(HAUX, addmod(lambdas.at(3), mulmod(lambdas.at(4), atLimbs, FR), FR));
        to.set(HT, mulmod(lambdas.at(7), atTable, FR));
        to = to.skip(Opening.statementIndex(v));
        // claim 1 reads N W_next - S, claim 0 reads -W_next
        weight = FR - mulmod(lambdas.at(1), feature, FR);
        to.set(0, addmod(weight, Opening.externalBound(v, 0, s.lk), FR));
        weight = mulmod(feature, addmod(mulmod(lambdas.at(1), s.weightTotal, FR), FR - 1, FR), FR);
        to.set(1, addmod(weight, Opening.externalBound(v, 1, s.lk), FR));
    }

    /// Claims 0 to 2 over l: the limbs of W_next, of the remainder, and of N - 1 - remainder.
    function _limbs(
        AggregateStatement calldata s,
        Verification memory v,
        Points memory p
    ) private pure returns (uint256 weight) {
        uint256 u = v.challenges.u.skip(s.lk);
        LimbWeights memory limbs = Limbs.weights(u, 1 << s.b);
        // the result's last limb is not of N - 1 - remainder
        uint256 last = mulmod(mulmod(u.at(0), u.at(1), FR), u.at(2), FR);
        uint256 slack = addmod(limbs.result, FR - mulmod(1 << (2 * s.b), last, FR), FR);
        weight = mulmod(p.lambdas.at(1), limbs.remainder, FR);
        weight = addmod(weight, mulmod(p.lambdas.at(2), addmod(limbs.remainder, slack, FR), FR), FR);
        weight = addmod(weight, limbs.model, FR);
    }

    /// What the value of linear claim `c` counts with in the combined equation.
    function _claim(Points memory p, uint256 c) private pure returns (uint256) {
        return mulmod(p.claimScale, p.lambdas.at(c), FR);
    }
}
