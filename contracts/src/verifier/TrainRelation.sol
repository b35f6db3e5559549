// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {Multilinear} from "./Multilinear.sol";
import {Pad} from "./Pad.sol";
import {Ranges} from "./Ranges.sol";
import {Sumcheck} from "./Sumcheck.sol";
import {TrainColumns} from "./TrainColumns.sol";
import {TrainPoints} from "./TrainPoints.sol";
import {Shape, Verification} from "./Verification.sol";
import {TrainStatement} from "./VerifierTypes.sol";
import {Words} from "./Words.sol";

/// @title Relation TRAIN: gradient descent in fixed point (docs/proof-system.md, section 6)
library TrainRelation {
    using Words for uint256;

    /// Statement points: C_table, C_X, C_Y, C_in, C_out; all but the first are external columns.
    uint256 internal constant POINTS = 5;
    uint256 internal constant EXTERNALS = 4;

    /// Linear claims.
    uint256 private constant CLAIMS = 17;

    /// @notice Checks the statement's ranges and gives the shape of its proof.
    function shapeOf(TrainStatement calldata s) internal pure returns (Shape memory shape) {
        Ranges.requireLimbWidth(s.b);
        Ranges.requireWithin("fp", s.fp, 0, s.b - 1);
        Ranges.requireWithin("li", s.li, 0, Ranges.MAX_LOG);
        Ranges.requireWithin("lk", s.lk, 0, Ranges.MAX_LOG);
        Ranges.requireWithin("lt", s.lt, 0, Ranges.MAX_LOG);
        Ranges.requireWithin("lb", s.lb, 0, s.lt);
        Ranges.requireWithin("steps", s.steps, 1, 1 << s.lt);
        Ranges.requireWithin("c", s.c, 0, type(uint64).max);
        Ranges.requireWithin("d", s.d, 0, type(uint64).max);
        shape.phase1Points = 5;
        shape.phase2Points = 3;
        shape.phase1Challenges = 2;
        shape.phase2Challenges = s.lt + s.li + s.lk + (s.lt + 3 + s.lk) + (s.b + 1);
        shape.hidden = 3;
        shape.pairs = 6;
        shape.clear = 1;
        shape.n1 = _max(_max(s.lt + s.li, s.lk + 3 + s.lt), s.b + 1);
        shape.n2 = _max(shape.n1, s.lk + s.li + s.lb);
    }

    /// @notice Completes the pad form and sets the coefficients of the columns.
    function combine(TrainStatement calldata s, Verification memory v) internal pure {
        uint256 eta = v.challenges.eta;
        v.form.theta = mulmod(eta, eta, FR);
        uint256 minusTheta = FR - v.form.theta;
        TrainPoints memory p = _points(s, v);
        p.initialFactor = Sumcheck.addFirst(v);
        p.claimScale = mulmod(minusTheta, Sumcheck.addSecond(v, minusTheta), FR);
        _addStepValues(s, v, p);
        _addRangeValues(s, v, p);
        _addTableValues(s, v, p);
        _addClaimConstants(s, v, p);
        TrainColumns.setWitness(s, v, p);
        TrainColumns.setStatement(s, v, p);
    }

    function _points(TrainStatement calldata s, Verification memory v) private pure returns (TrainPoints memory p) {
        uint256 drawn = v.challenges.columns;
        p.alpha = drawn.at(0);
        p.beta = drawn.at(1);
        p.rho = drawn.skip(2);
        p.rhoStep = p.rho.skip(s.li);
        p.rhoFeature = p.rhoStep.skip(s.lt);
        p.sigma = p.rhoFeature.skip(s.lk);
        p.upsilon = p.sigma.skip(s.lt + 3 + s.lk);
        p.eqRU = Multilinear.eqPrefixes(v.challenges.r, v.challenges.u, v.shape.n1);
        p.tails = Multilinear.tails(v.challenges.r, v.shape.n1);
        p.gammas = Multilinear.powers(1, v.challenges.gamma, 6);
        p.lambdas = Multilinear.powers(1, v.challenges.lambda, CLAIMS);
    }

    /// Sums 0 to 2, about the steps: on the values, in the claims, and the hidden sums' own terms.
    function _addStepValues(TrainStatement calldata s, Verification memory v, TrainPoints memory p) private pure {
        uint256 r = v.challenges.r;
        uint256 eta = v.challenges.eta;
        uint256 rows = s.li + s.lt;
        // sum 0: eq x1 w1 = v_Z
        uint256 sum = mulmod(p.tails.at(s.lb + s.lk), Multilinear.eq(p.rhoStep, r.skip(s.lk), s.lb), FR);
        Pad.addPair(v, 0, FR - sum, _claim(p, 5), _claim(p, 6));
        Pad.addHidden(v, 0, addmod(p.initialFactor, _claim(p, 0), FR));
        // sum 1: [c eq below steps] x2 e2 = v_G
        sum = mulmod(s.c, Multilinear.eqBelow(p.rhoStep, r.skip(s.li), s.lt, s.steps), FR);
        sum = mulmod(sum, mulmod(p.gammas.at(1), p.tails.at(rows), FR), FR);
        Pad.addPair(v, 1, FR - sum, _claim(p, 7), _claim(p, 8));
        Pad.addHidden(v, 1, addmod(mulmod(p.gammas.at(1), p.initialFactor, FR), _claim(p, 1), FR));
        // sum 2: eq (hd d2 - d1 - d2) = 0; equation 1: hd - h d1 = 0
        sum = mulmod(mulmod(p.gammas.at(2), p.tails.at(rows), FR), Multilinear.eq(p.rho, r, rows), FR);
        Pad.addPair(v, 2, FR - eta, _claim(p, 9), addmod(sum, _claim(p, 10), FR));
        Pad.addPair(v, 3, FR - sum, eta, addmod(sum, _claim(p, 11), FR));
    }

    /// Sum 3, the range of the limbs: eq (haux d3 - 1) = 0.
    function _addRangeValues(TrainStatement calldata s, Verification memory v, TrainPoints memory p) private pure {
        uint256 limbs = s.lk + 3 + s.lt;
        uint256 sum = mulmod(p.gammas.at(3), p.tails.at(limbs), FR);
        sum = mulmod(sum, Multilinear.eq(p.sigma, v.challenges.r, limbs), FR);
        Pad.addPair(v, 4, FR - sum, _claim(p, 12), _claim(p, 13));
        Pad.addConstant(v, sum);
    }

    /// Sums 4 and 5, the table's side of the lookups: eq (ht dt - 1) = 0, where dt is public, and mult ht = v_S.
    function _addTableValues(TrainStatement calldata s, Verification memory v, TrainPoints memory p) private pure {
        uint256 r = v.challenges.r;
        uint256 tail = p.tails.at(s.b + 1);
        uint256 table = Pad.clearValue(v, 0);
        // dt = alpha + y + beta (out + beta tag)
        uint256 denominator = addmod(table, mulmod(p.beta, r.at(s.b), FR), FR);
        denominator = addmod(mulmod(p.beta, denominator, FR), p.alpha, FR);
        denominator = addmod(denominator, Multilinear.index(r, s.b), FR);
        uint256 sum = mulmod(mulmod(p.gammas.at(4), tail, FR), Multilinear.eq(p.upsilon, r, s.b + 1), FR);
        Pad.addConstant(v, sum);
        uint256 second = addmod(_claim(p, 15), FR - mulmod(sum, denominator, FR), FR);
        sum = mulmod(p.gammas.at(5), tail, FR);
        Pad.addPair(v, 5, FR - sum, _claim(p, 14), second);
        sum = mulmod(p.gammas.at(5), p.initialFactor, FR);
        Pad.addHidden(v, 2, addmod(sum, _claim(p, 2), FR));
        Pad.addConstant(v, mulmod(_claim(p, 16), table, FR));
    }

    /// What the claims' values have beside the messages.
    function _addClaimConstants(TrainStatement calldata s, Verification memory v, TrainPoints memory p) private pure {
        uint256 half = 1 << (2 * s.b - 1);
        uint256 offset = (1 << (3 * s.b - 1)) + (1 << (s.b - 1));
        uint256 decay = mulmod(s.d * offset, Multilinear.below(p.rhoStep, s.lt, s.steps), FR);
        uint256 sum = mulmod(_claim(p, 0), half + (1 << (s.b - 1)), FR);
        sum = addmod(sum, mulmod(_claim(p, 1), half + FR - decay, FR), FR);
        sum = addmod(sum, mulmod(addmod(_claim(p, 3), _claim(p, 4), FR), offset, FR), FR);
        sum = addmod(sum, mulmod(_claim(p, 6), half, FR), FR);
        // d1 - alpha, d2 - alpha - beta^2, d3 - alpha
        uint256 shifted = addmod(addmod(_claim(p, 10), _claim(p, 11), FR), _claim(p, 13), FR);
        sum = addmod(sum, FR - mulmod(shifted, p.alpha, FR), FR);
        sum = addmod(sum, FR - mulmod(_claim(p, 11), mulmod(p.beta, p.beta, FR), FR), FR);
        Pad.addConstant(v, sum);
    }

    /// What the value of linear claim `c` counts with in the combined equation.
    function _claim(TrainPoints memory p, uint256 c) private pure returns (uint256) {
        return mulmod(p.claimScale, p.lambdas.at(c), FR);
    }

    function _max(uint256 first, uint256 second) private pure returns (uint256) {
        return first > second ? first : second;
    }
}
