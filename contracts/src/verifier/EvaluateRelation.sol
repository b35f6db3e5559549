// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {Multilinear} from "./Multilinear.sol";
import {Opening} from "./Opening.sol";
import {Pad} from "./Pad.sol";
import {Prediction} from "./Prediction.sol";
import {PredictionPoints} from "./PredictionPoints.sol";
import {Ranges} from "./Ranges.sol";
import {Shape, Verification} from "./Verification.sol";
import {EvaluateStatement} from "./VerifierTypes.sol";
import {Words} from "./Words.sol";

/// @title Relation EVALUATE: how well a model predicts the targets of a test set (docs/proof-system.md, section 7a)
/// @dev Regression is the same without the column s, the sums about classes, their pairs and their claims.
library EvaluateRelation {
    using Words for uint256;

    /// Statement points: C_table, C_X, C_Y, C_W; all but the first are external columns.
    uint256 internal constant POINTS = 4;
    uint256 internal constant EXTERNALS = 3;

    /// EVALUATE's own: the sum about E, and the two claims about p - Y.
    uint256 private constant SUMS = Prediction.SUMS + 1;
    uint256 private constant CLAIMS = Prediction.CLAIMS + 2;

    /// Sums 2 and 3, pairs 3 and 4, claims 8 to 11: about s and Y, the classes.
    uint256 private constant CLASS_SUMS = 2;
    uint256 private constant CLASS_PAIRS = 2;
    uint256 private constant CLASS_CLAIMS = 4;

    /// Coefficients of the witness columns p and s.
    uint256 private constant P = 5;
    uint256 private constant S = 6;

    /// @notice Checks the statement's ranges and gives the shape of its proof.
    function shapeOf(EvaluateStatement calldata s) internal pure returns (Shape memory shape) {
        Ranges.requireLimbWidth(s.b);
        Ranges.requireWithin("fp", s.fp, 0, s.b - 1);
        Ranges.requireWithin("ln", s.ln, 0, Ranges.MAX_LOG);
        Ranges.requireWithin("lk", s.lk, 0, Ranges.MAX_LOG);
        Ranges.requireWithin("n", s.n, 1, 1 << s.ln);
        Ranges.requireWithin("hits", s.hits, 0, s.regression ? 0 : s.n);
        Ranges.requireWithin("squaredErrorSum", s.squaredErrorSum, 0, type(uint128).max);
        shape.phase1Points = s.regression ? 5 : 6;
        shape.phase2Points = 3;
        shape.phase1Challenges = 2;
        shape.phase2Challenges = s.ln + s.lk + (s.lk + 2) + (s.b + 1);
        shape.hidden = 2;
        shape.pairs = s.regression ? 6 : 6 + CLASS_PAIRS;
        shape.clear = 1;
        shape.n1 = _max(_max(s.ln, s.lk + 2), s.b + 1);
        shape.n2 = _max(shape.n1, s.lk + s.ln);
    }

    /// @notice Completes the pad form and sets the coefficients of the columns.
    function combine(EvaluateStatement calldata s, Verification memory v) internal pure {
        bool classes = !s.regression;
        PredictionPoints memory p = Prediction.start(
            v,
            s.ln,
            s.lk,
            s.b,
            classes ? SUMS + CLASS_SUMS : SUMS,
            classes ? CLAIMS + CLASS_CLAIMS : CLAIMS
        );
        Prediction.addLogits(v, p);
        uint256 dataRows = Multilinear.below(v.challenges.r, s.ln, s.n);
        if (classes) _addHits(s, v, p, dataRows);
        _addError(v, p, s.squaredErrorSum, dataRows);
        Prediction.addLookups(v, p, classes ? _class(v.challenges.r, s.b) : 0);
        Prediction.setColumns(v, p);
        _setColumns(v, p, classes);
    }

    /// Sums 2 and 3.
    /// @param dataRows the weight [i < n] at r
    function _addHits(
        EvaluateStatement calldata s,
        Verification memory v,
        PredictionPoints memory p,
        uint256 dataRows
    ) private pure {
        uint256 one = 1 << s.fp;
        // sum 2: [i < n] s (2 y1 - 2^fp) = 2^fp (2 hits - n)
        uint256 sum = mulmod(Prediction.sumFactor(p, 2, p.rows), dataRows, FR);
        uint256 first = addmod(mulmod(sum, one, FR), Prediction.claim(p, 8), FR);
        Pad.addPair(v, 3, FR - addmod(sum, sum, FR), first, Prediction.claim(p, 9));
        uint256 surplus = mulmod(one, addmod(2 * s.hits, FR - s.n, FR), FR);
        Pad.addConstant(v, mulmod(mulmod(p.gammas.at(2), p.initialFactor, FR), surplus, FR));
        // sum 3: eq y2 (y3 - 2^fp) = 0
        sum = mulmod(Prediction.sumFactor(p, 3, p.rows), p.rowR, FR);
        first = addmod(mulmod(sum, one, FR), Prediction.claim(p, 10), FR);
        Pad.addPair(v, 4, FR - sum, first, Prediction.claim(p, 11));
    }

    /// The relation's last own sum: [i < n] e1 e2 = E.
    /// @param dataRows the weight [i < n] at r
    function _addError(
        Verification memory v,
        PredictionPoints memory p,
        uint256 squaredErrorSum,
        uint256 dataRows
    ) private pure {
        uint256 j = p.lastSums - 1;
        uint256 c = p.lastClaims - 2;
        uint256 sum = mulmod(Prediction.sumFactor(p, j, p.rows), dataRows, FR);
        Pad.addPair(v, v.shape.pairs - 3, FR - sum, Prediction.claim(p, c), Prediction.claim(p, c + 1));
        Pad.addConstant(v, mulmod(mulmod(p.gammas.at(j), p.initialFactor, FR), squaredErrorSum, FR));
    }

    /// tag (2 y_{b-1} - 1) at r: the class that belongs to the table's index.
    function _class(uint256 r, uint256 b) private pure returns (uint256) {
        uint256 highest = r.at(b - 1);
        return mulmod(r.at(b), addmod(highest, addmod(highest, FR - 1, FR), FR), FR);
    }

    /// p, s, and the external columns X, Y, W.
    function _setColumns(Verification memory v, PredictionPoints memory p, bool classes) private pure {
        uint256 lambdas = p.lambdas;
        uint256 atR = p.eqRU.at(p.rows);
        uint256 looked = mulmod(p.beta, lambdas.at(7), FR);
        // e1 and e2, the two claims before the last five: p - Y
        uint256 off = addmod(lambdas.at(p.lastClaims - 2), lambdas.at(p.lastClaims - 1), FR);
        uint256 target = FR - off;
        v.coefficients.set(P, mulmod(addmod(looked, off, FR), atR, FR));
        if (classes) {
            looked = mulmod(mulmod(p.beta, p.beta, FR), looked, FR);
            v.coefficients.set(S, mulmod(addmod(looked, lambdas.at(8), FR), atR, FR));
            // y1, y2, y3
            target += addmod(lambdas.at(9), addmod(lambdas.at(10), lambdas.at(11), FR), FR);
        }
        _setExternals(v, p, mulmod(target, atR, FR));
    }

    /// @param target the weight of Y
    function _setExternals(Verification memory v, PredictionPoints memory p, uint256 target) private pure {
        uint256 to = v.coefficients.skip(Opening.statementIndex(v));
        uint256 weight = Prediction.featureWeight(v, p);
        to.set(1, addmod(weight, Opening.externalBound(v, 0, p.features + p.rows), FR));
        to.set(2, addmod(target, Opening.externalBound(v, 1, p.rows), FR));
        to.set(3, addmod(Prediction.modelWeight(p), Opening.externalBound(v, 2, p.features), FR));
    }

    function _max(uint256 first, uint256 second) private pure returns (uint256) {
        return first > second ? first : second;
    }
}
