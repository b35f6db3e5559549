// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {Limbs} from "./Limbs.sol";
import {Multilinear} from "./Multilinear.sol";
import {Opening} from "./Opening.sol";
import {Pad} from "./Pad.sol";
import {PredictionPoints} from "./PredictionPoints.sol";
import {Sumcheck} from "./Sumcheck.sol";
import {Verification} from "./Verification.sol";
import {Words} from "./Words.sol";

/// @title What INFER and EVALUATE share: a model applied to the rows of a table (docs/proof-system.md, section 7a)
/// @dev Alike in both are the first two sums, three pairs and eight claims, about the logits and their lookup; the last
/// three sums, two pairs and five claims, about the model's limbs and the table of the lookups; the equation; the order
/// of challenges; and the witness columns zi, rem first, then aux, mult, h, and haux, ht last.
library Prediction {
    using Words for uint256;

    /// Sums and linear claims that are alike.
    uint256 internal constant SUMS = 5;
    uint256 internal constant CLAIMS = 13;

    /// Coefficients of the first witness columns, after A, B, C.
    uint256 private constant ZI = 3;
    uint256 private constant REM = 4;

    /// @notice Begins the pad form with both sum-checks, and names the challenges.
    /// @param sums number of the relation's sums
    /// @param claims number of the relation's linear claims
    function start(
        Verification memory v,
        uint256 rows,
        uint256 features,
        uint256 b,
        uint256 sums,
        uint256 claims
    ) internal pure returns (PredictionPoints memory p) {
        p.rows = rows;
        p.features = features;
        p.b = b;
        p.lastSums = sums - 3;
        p.lastClaims = claims - 5;
        p.gammas = Multilinear.powers(1, v.challenges.gamma, sums);
        p.lambdas = Multilinear.powers(1, v.challenges.lambda, claims);
        _setPoints(v, p);
        v.form.theta = mulmod(v.challenges.eta, v.challenges.eta, FR);
        uint256 minusTheta = FR - v.form.theta;
        p.initialFactor = Sumcheck.addFirst(v);
        p.claimScale = mulmod(minusTheta, Sumcheck.addSecond(v, minusTheta), FR);
    }

    function _setPoints(Verification memory v, PredictionPoints memory p) private pure {
        uint256 drawn = v.challenges.columns;
        uint256 r = v.challenges.r;
        p.alpha = drawn.at(0);
        p.beta = drawn.at(1);
        p.rhoRow = drawn.skip(2);
        p.rhoFeature = p.rhoRow.skip(p.rows);
        p.sigma = p.rhoFeature.skip(p.features);
        p.upsilon = p.sigma.skip(p.features + 2);
        p.eqRU = Multilinear.eqPrefixes(r, v.challenges.u, v.shape.n1);
        p.rowR = Multilinear.eq(p.rhoRow, r, p.rows);
        p.featureU = Multilinear.eq(p.rhoFeature, v.challenges.u, p.features);
        p.tails = Multilinear.tails(r, v.shape.n1);
    }

    /// @notice Sums 0 and 1, equation 1, claims 0, 1 and 3 to 7, the hidden sum v_Z.
    function addLogits(Verification memory v, PredictionPoints memory p) internal pure {
        uint256 eta = v.challenges.eta;
        // sum 0: x1 w1 = v_Z
        Pad.addPair(v, 0, FR - p.tails.at(p.features), claim(p, 3), claim(p, 4));
        Pad.addHidden(v, 0, addmod(p.initialFactor, claim(p, 0), FR));
        // sum 1: eq (hd d2 - d1 - d2) = 0; equation 1: hd - h d1 = 0
        uint256 sum = mulmod(sumFactor(p, 1, p.rows), p.rowR, FR);
        Pad.addPair(v, 1, FR - eta, claim(p, 5), addmod(sum, claim(p, 6), FR));
        Pad.addPair(v, 2, FR - sum, eta, addmod(sum, claim(p, 7), FR));
        // what the values have beside the messages
        uint256 half = 1 << (2 * p.b - 1);
        uint256 rounding = 1 << (p.b - 1);
        sum = mulmod(claim(p, 0), half + rounding, FR);
        sum = addmod(sum, mulmod(claim(p, 1), (1 << (3 * p.b - 1)) + rounding, FR), FR);
        sum = addmod(sum, mulmod(claim(p, 4), half, FR), FR);
        sum = addmod(sum, FR - mulmod(claim(p, 6), p.alpha, FR), FR);
        uint256 tagged = addmod(p.alpha, mulmod(p.beta, p.beta, FR), FR);
        Pad.addConstant(v, addmod(sum, FR - mulmod(claim(p, 7), tagged, FR), FR));
    }

    /// @notice The last three sums and five claims, claim 2, the hidden sum v_S.
    /// @param class what the table holds beside y, out and tag, at r, below FR
    function addLookups(Verification memory v, PredictionPoints memory p, uint256 class) internal pure {
        uint256 r = v.challenges.r;
        uint256 last = p.lastClaims;
        // the range of the limbs: eq (haux d3 - 1) = 0
        uint256 sum = sumFactor(p, p.lastSums, p.features + 2);
        sum = mulmod(sum, Multilinear.eq(p.sigma, r, p.features + 2), FR);
        Pad.addPair(v, v.shape.pairs - 2, FR - sum, claim(p, last), claim(p, last + 1));
        Pad.addConstant(v, addmod(sum, FR - mulmod(claim(p, last + 1), p.alpha, FR), FR));
        // the table: eq (ht dt - 1) = 0, where dt is public
        sum = mulmod(sumFactor(p, p.lastSums + 1, p.b + 1), Multilinear.eq(p.upsilon, r, p.b + 1), FR);
        Pad.addConstant(v, sum);
        uint256 out = Pad.clearValue(v, 0);
        Pad.addConstant(v, mulmod(claim(p, last + 4), out, FR));
        uint256 second = FR - mulmod(sum, _denominator(p, r, out, class), FR);
        second = addmod(claim(p, last + 3), second, FR);
        // mult ht = v_S
        sum = sumFactor(p, p.lastSums + 2, p.b + 1);
        Pad.addPair(v, v.shape.pairs - 1, FR - sum, claim(p, last + 2), second);
        sum = mulmod(p.gammas.at(p.lastSums + 2), p.initialFactor, FR);
        Pad.addHidden(v, 1, addmod(sum, claim(p, 2), FR));
    }

    /// alpha + y + beta out + beta^2 tag + beta^3 class at r.
    function _denominator(
        PredictionPoints memory p,
        uint256 r,
        uint256 out,
        uint256 class
    ) private pure returns (uint256 result) {
        result = addmod(r.at(p.b), mulmod(p.beta, class, FR), FR);
        result = addmod(out, mulmod(p.beta, result, FR), FR);
        result = addmod(p.alpha, mulmod(p.beta, result, FR), FR);
        result = addmod(result, Multilinear.index(r, p.b), FR);
    }

    /// @notice Sets the coefficients of zi, rem, aux, mult, h, haux, ht and of the table.
    function setColumns(Verification memory v, PredictionPoints memory p) internal pure {
        uint256 to = v.coefficients;
        uint256 lambdas = p.lambdas;
        uint256 atRho = Multilinear.eq(p.rhoRow, v.challenges.u, p.rows);
        uint256 atR = p.eqRU.at(p.rows);
        to.set(ZI, addmod(mulmod(1 << p.b, atRho, FR), mulmod(lambdas.at(7), atR, FR), FR));
        to.set(REM, addmod(atRho, mulmod(lambdas.at(6), atR, FR), FR));
        // h is the first column of phase 2
        uint256 phase2 = Opening.COLUMNS + v.shape.phase1Points;
        to.set(phase2, addmod(lambdas.at(2), mulmod(lambdas.at(5), atR, FR), FR));
        _setLookups(v, p, phase2);
    }

    /// aux, mult, haux, ht and the table: claims 1, 2, 4 and the last five.
    /// @param phase2 index of the first column of phase 2
    function _setLookups(Verification memory v, PredictionPoints memory p, uint256 phase2) private pure {
        uint256 to = v.coefficients;
        uint256 last = p.lambdas.skip(p.lastClaims);
        uint256 atLimbs = p.eqRU.at(p.features + 2);
        uint256 atTable = p.eqRU.at(p.b + 1);
        to.set(phase2 - 2, addmod(_limbs(v, p), mulmod(last.at(1), atLimbs, FR), FR));
        to.set(phase2 - 1, mulmod(last.at(2), atTable, FR));
        uint256 end = Opening.openingIndex(v);
        to.set(end - 2, addmod(p.lambdas.at(2), mulmod(last.at(0), atLimbs, FR), FR));
        to.set(end - 1, mulmod(last.at(3), atTable, FR));
        to.set(Opening.statementIndex(v), mulmod(last.at(4), atTable, FR));
    }

    /// Claims 1 and 4 over the limbs.
    function _limbs(Verification memory v, PredictionPoints memory p) private pure returns (uint256) {
        (uint256 model, uint256 forward) = Limbs.modelWeights(v.challenges.u.skip(p.features), 1 << p.b);
        model = mulmod(mulmod(p.lambdas.at(1), p.featureU, FR), model, FR);
        forward = mulmod(mulmod(p.lambdas.at(4), p.eqRU.at(p.features), FR), forward, FR);
        return addmod(model, forward, FR);
    }

    /// @notice X: claim 3, at (r_k, rho).
    function featureWeight(Verification memory v, PredictionPoints memory p) internal pure returns (uint256 weight) {
        weight = Multilinear.eq(p.rhoRow, v.challenges.u.skip(p.features), p.rows);
        weight = mulmod(weight, mulmod(p.lambdas.at(3), p.eqRU.at(p.features), FR), FR);
    }

    /// @notice W: claim 1.
    function modelWeight(PredictionPoints memory p) internal pure returns (uint256) {
        return FR - mulmod(p.lambdas.at(1), p.featureU, FR);
    }

    /// @notice gamma^j prod_{k >= variables} (1 - r_k): what sum `j` counts with at r.
    function sumFactor(PredictionPoints memory p, uint256 j, uint256 variables) internal pure returns (uint256) {
        return mulmod(p.gammas.at(j), p.tails.at(variables), FR);
    }

    /// @notice What the value of linear claim `c` counts with in the combined equation.
    function claim(PredictionPoints memory p, uint256 c) internal pure returns (uint256) {
        return mulmod(p.claimScale, p.lambdas.at(c), FR);
    }
}
