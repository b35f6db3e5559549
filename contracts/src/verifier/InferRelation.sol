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
import {InferStatement} from "./VerifierTypes.sol";
import {Words} from "./Words.sol";

/// @title Relation INFER: a model's predictions for a query (docs/proof-system.md, section 7a)
library InferRelation {
    using Words for uint256;

    /// Statement points: C_table, C_X, C_W, C_P; all but the first are external columns.
    uint256 internal constant POINTS = 4;
    uint256 internal constant EXTERNALS = 3;

    /// INFER's own: sum 2 and claims 8 and 9, the range of the query's features.
    uint256 private constant SUMS = Prediction.SUMS + 1;
    uint256 private constant CLAIMS = Prediction.CLAIMS + 2;

    /// Coefficient of the witness column hx.
    uint256 private constant HX = 8;

    /// @notice Checks the statement's ranges and gives the shape of its proof.
    function shapeOf(InferStatement calldata s) internal pure returns (Shape memory shape) {
        Ranges.requireLimbWidth(s.b);
        Ranges.requireWithin("fp", s.fp, 0, s.b - 1);
        Ranges.requireWithin("lq", s.lq, 0, Ranges.MAX_LOG);
        Ranges.requireWithin("lk", s.lk, 0, Ranges.MAX_LOG);
        shape.phase1Points = 4;
        shape.phase2Points = 4;
        shape.phase1Challenges = 2;
        shape.phase2Challenges = s.lq + s.lk + (s.lk + 2) + (s.b + 1);
        shape.hidden = 2;
        shape.pairs = 6;
        shape.clear = 1;
        uint256 features = s.lk + (s.lq > 2 ? s.lq : 2);
        shape.n1 = features > s.b + 1 ? features : s.b + 1;
        shape.n2 = shape.n1;
    }

    /// @notice Completes the pad form and sets the coefficients of the columns.
    function combine(InferStatement calldata s, Verification memory v) internal pure {
        PredictionPoints memory p = Prediction.start(v, s.lq, s.lk, s.b, SUMS, CLAIMS);
        Prediction.addLogits(v, p);
        _addFeatures(v, p);
        Prediction.addLookups(v, p, 0);
        Prediction.setColumns(v, p);
        _setColumns(v, p);
    }

    /// Sum 2, the range of the features: eq (hx dx - 1) = 0.
    function _addFeatures(Verification memory v, PredictionPoints memory p) private pure {
        uint256 r = v.challenges.r;
        uint256 sum = Prediction.sumFactor(p, 2, p.features + p.rows);
        sum = mulmod(sum, Multilinear.eq(p.rhoFeature, r, p.features), FR);
        sum = mulmod(sum, Multilinear.eq(p.rhoRow, r.skip(p.features), p.rows), FR);
        uint256 second = Prediction.claim(p, 9);
        Pad.addPair(v, 3, FR - sum, Prediction.claim(p, 8), second);
        // dx - alpha - 2^(b-1)
        uint256 shift = addmod(p.alpha, 1 << (p.b - 1), FR);
        Pad.addConstant(v, addmod(sum, FR - mulmod(second, shift, FR), FR));
    }

    /// hx, and the external columns X, W, P.
    function _setColumns(Verification memory v, PredictionPoints memory p) private pure {
        uint256 lambdas = p.lambdas;
        uint256 entries = p.features + p.rows;
        uint256 atEntries = p.eqRU.at(entries);
        uint256 to = v.coefficients;
        to.set(HX, addmod(lambdas.at(2), mulmod(lambdas.at(8), atEntries, FR), FR));
        to = to.skip(Opening.statementIndex(v));
        uint256 weight = addmod(Prediction.featureWeight(v, p), mulmod(lambdas.at(9), atEntries, FR), FR);
        to.set(1, addmod(weight, Opening.externalBound(v, 0, entries), FR));
        to.set(2, addmod(Prediction.modelWeight(p), Opening.externalBound(v, 1, p.features), FR));
        weight = mulmod(mulmod(p.beta, lambdas.at(7), FR), p.eqRU.at(p.rows), FR);
        to.set(3, addmod(weight, Opening.externalBound(v, 2, p.rows), FR));
    }
}
