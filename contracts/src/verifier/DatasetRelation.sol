// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {Multilinear} from "./Multilinear.sol";
import {Opening} from "./Opening.sol";
import {Pad} from "./Pad.sol";
import {Ranges} from "./Ranges.sol";
import {Sumcheck} from "./Sumcheck.sol";
import {Shape, Verification} from "./Verification.sol";
import {DatasetStatement} from "./VerifierTypes.sol";
import {Words} from "./Words.sol";

/// @title Relation DATASET: a table's entries are in range, its padding is zero (docs/proof-system.md, section 7)
library DatasetRelation {
    using Words for uint256;

    /// Statement points: C_X, C_Y, both external columns.
    uint256 internal constant POINTS = 2;

    /// Coefficients of the witness columns, after A, B, C.
    uint256 private constant MULT = 3;
    uint256 private constant HX = 4;
    uint256 private constant HY = 5;
    uint256 private constant HT = 6;

    /// The challenges by name, and tables of weights. All but the scalars alpha and claimScale are memory pointers.
    struct Points {
        uint256 alpha;
        uint256 rhoRow;
        uint256 rhoFeature;
        uint256 upsilon;
        /// eq(r, u) over the first k variables.
        uint256 eqRU;
        /// lambda^c, and what claim c's value counts with: -theta prod(u) lambda^c = claimScale lambda^c.
        uint256 lambdas;
        uint256 claimScale;
    }

    /// @notice Checks the statement's ranges and gives the shape of its proof.
    function shapeOf(DatasetStatement calldata s) internal pure returns (Shape memory shape) {
        Ranges.requireLimbWidth(s.b);
        Ranges.requireWithin("ln", s.ln, 0, Ranges.MAX_LOG);
        Ranges.requireWithin("lk", s.lk, 0, Ranges.MAX_LOG);
        Ranges.requireWithin("n", s.n, 1, 1 << s.ln);
        Ranges.requireWithin("feat", s.feat, 1, 1 << s.lk);
        shape.phase1Points = 1;
        shape.phase2Points = 3;
        shape.phase1Challenges = 1;
        shape.phase2Challenges = s.ln + s.lk + s.b;
        shape.hidden = 1;
        shape.pairs = 3;
        shape.n1 = s.lk + s.ln > s.b ? s.lk + s.ln : s.b;
        shape.n2 = shape.n1;
    }

    /// @notice Completes the pad form and sets the coefficients of the columns.
    function combine(DatasetStatement calldata s, Verification memory v) internal pure {
        v.form.theta = v.challenges.eta;
        uint256 claimFactor = Sumcheck.addFirst(v);
        uint256 minusTheta = FR - v.form.theta;
        Points memory p = _points(s, v);
        p.claimScale = mulmod(minusTheta, Sumcheck.addSecond(v, minusTheta), FR);
        _addValues(s, v, p, claimFactor);
        _addClaimConstants(s, v, p);
        _setWitnessColumns(s, v, p);
        _setExternalColumns(s, v, p);
    }

    function _points(DatasetStatement calldata s, Verification memory v) private pure returns (Points memory p) {
        p.alpha = v.challenges.columns.at(0);
        p.rhoRow = v.challenges.columns.skip(1);
        p.rhoFeature = p.rhoRow.skip(s.ln);
        p.upsilon = p.rhoFeature.skip(s.lk);
        p.eqRU = Multilinear.eqPrefixes(v.challenges.r, v.challenges.u, v.shape.n1);
        p.lambdas = Multilinear.powers(1, v.challenges.lambda, 10);
    }

    /// The sums at the first sum-check's point, on the values; the values in the claims; the hidden sum.
    function _addValues(
        DatasetStatement calldata s,
        Verification memory v,
        Points memory p,
        uint256 claimFactor
    ) private pure {
        uint256 r = v.challenges.r;
        uint256 gamma = v.challenges.gamma;
        uint256 tails = Multilinear.tails(r, v.shape.n1);
        // sum 0: eq (hx d1 - 1)
        uint256 sum = mulmod(Multilinear.eq(p.rhoFeature, r, s.lk), Multilinear.eq(p.rhoRow, r.skip(s.lk), s.ln), FR);
        sum = mulmod(sum, tails.at(s.lk + s.ln), FR);
        Pad.addPair(v, 0, FR - sum, _claim(p, 4), _claim(p, 5));
        Pad.addConstant(v, sum);
        // sum 1: eq (hy d2 - 1)
        sum = mulmod(mulmod(gamma, tails.at(s.ln), FR), Multilinear.eq(p.rhoRow, r, s.ln), FR);
        Pad.addPair(v, 1, FR - sum, _claim(p, 6), _claim(p, 7));
        Pad.addConstant(v, sum);
        // sum 2: eq (ht (alpha + y) - 1); sum 3: mult ht = v_S
        uint256 power = mulmod(gamma, gamma, FR);
        sum = mulmod(mulmod(power, tails.at(s.b), FR), Multilinear.eq(p.upsilon, r, s.b), FR);
        Pad.addConstant(v, sum);
        uint256 denominator = addmod(p.alpha, Multilinear.index(r, s.b), FR);
        uint256 second = addmod(_claim(p, 9), FR - mulmod(sum, denominator, FR), FR);
        power = mulmod(power, gamma, FR);
        Pad.addPair(v, 2, FR - mulmod(power, tails.at(s.b), FR), _claim(p, 8), second);
        Pad.addHidden(v, 0, addmod(mulmod(power, claimFactor, FR), _claim(p, 3), FR));
    }

    /// What the claims' values have beside the messages.
    function _addClaimConstants(DatasetStatement calldata s, Verification memory v, Points memory p) private pure {
        uint256 intercept = mulmod(1 << (s.b - 4), Multilinear.below(p.rhoRow, s.ln, s.n), FR);
        Pad.addConstant(v, mulmod(_claim(p, 0), intercept, FR));
        uint256 shift = FR - addmod(p.alpha, 1 << (s.b - 1), FR);
        Pad.addConstant(v, mulmod(addmod(_claim(p, 5), _claim(p, 7), FR), shift, FR));
    }

    function _setWitnessColumns(DatasetStatement calldata s, Verification memory v, Points memory p) private pure {
        uint256 to = v.coefficients;
        uint256 rows = s.ln;
        uint256 lambdas = p.lambdas;
        to.set(MULT, mulmod(lambdas.at(8), p.eqRU.at(s.b), FR));
        to.set(HX, addmod(lambdas.at(3), mulmod(lambdas.at(4), p.eqRU.at(s.lk + rows), FR), FR));
        to.set(HY, addmod(lambdas.at(3), mulmod(lambdas.at(6), p.eqRU.at(rows), FR), FR));
        to.set(HT, mulmod(lambdas.at(9), p.eqRU.at(s.b), FR));
    }

    function _setExternalColumns(DatasetStatement calldata s, Verification memory v, Points memory p) private pure {
        uint256 to = v.coefficients.skip(Opening.statementIndex(v));
        to.set(0, addmod(_features(s, v, p), Opening.externalBound(v, 0, s.lk + s.ln), FR));
        to.set(1, addmod(_targets(s, v, p), Opening.externalBound(v, 1, s.ln), FR));
    }

    /// X: claim 0, column k = 0 at rho_r; claim 1, what lies outside rows n and columns feat; claim 5.
    function _features(
        DatasetStatement calldata s,
        Verification memory v,
        Points memory p
    ) private pure returns (uint256 weight) {
        uint256 u = v.challenges.u;
        uint256 rowsU = u.skip(s.lk);
        uint256 inside = Multilinear.eqBelow(p.rhoFeature, u, s.lk, s.feat);
        inside = mulmod(inside, Multilinear.eqBelow(p.rhoRow, rowsU, s.ln, s.n), FR);
        uint256 row = Multilinear.eq(p.rhoRow, rowsU, s.ln);
        weight = mulmod(row, Multilinear.eq(p.rhoFeature, u, s.lk), FR);
        weight = mulmod(p.lambdas.at(1), addmod(weight, FR - inside, FR), FR);
        (, uint256 firstFeature) = Multilinear.ends(u, s.lk);
        weight = addmod(weight, mulmod(firstFeature, row, FR), FR);
        weight = addmod(weight, mulmod(p.lambdas.at(5), p.eqRU.at(s.lk + s.ln), FR), FR);
    }

    /// Y: claim 2, what lies in rows past n; claim 7.
    function _targets(
        DatasetStatement calldata s,
        Verification memory v,
        Points memory p
    ) private pure returns (uint256 weight) {
        uint256 u = v.challenges.u;
        weight = FR - Multilinear.eqBelow(p.rhoRow, u, s.ln, s.n);
        weight = addmod(Multilinear.eq(p.rhoRow, u, s.ln), weight, FR);
        weight = mulmod(p.lambdas.at(2), weight, FR);
        weight = addmod(weight, mulmod(p.lambdas.at(7), p.eqRU.at(s.ln), FR), FR);
    }

    /// What the value of linear claim `c` counts with in the combined equation.
    function _claim(Points memory p, uint256 c) private pure returns (uint256) {
        return mulmod(p.claimScale, p.lambdas.at(c), FR);
    }
}
