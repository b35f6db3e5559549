// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {Limbs, LimbWeights} from "./Limbs.sol";
import {Multilinear} from "./Multilinear.sol";
import {Opening} from "./Opening.sol";
import {TrainPoints} from "./TrainPoints.sol";
import {Verification} from "./Verification.sol";
import {TrainStatement} from "./VerifierTypes.sol";
import {Words} from "./Words.sol";

/// @title TRAIN's weights of the columns at the second sum-check's point (docs/proof-system.md, section 6)
/// @dev A column's coefficient is `sum_c lambda^c wt_c(u)` over the linear claims c that it is in.
library TrainColumns {
    using Words for uint256;

    /// Coefficients of the witness columns, after A, B, C.
    uint256 private constant ZI = 3;
    uint256 private constant REM = 4;
    uint256 private constant P = 5;
    uint256 private constant AUX = 6;
    uint256 private constant MULT = 7;
    uint256 private constant H = 8;
    uint256 private constant HAUX = 9;
    uint256 private constant HT = 10;

    function setWitness(TrainStatement calldata s, Verification memory v, TrainPoints memory p) internal pure {
        uint256 to = v.coefficients;
        uint256 lambdas = p.lambdas;
        uint256 atRho = Multilinear.eq(p.rho, v.challenges.u, s.li + s.lt);
        uint256 atR = p.eqRU.at(s.li + s.lt);
        uint256 second = mulmod(lambdas.at(11), atR, FR);
        to.set(ZI, addmod(mulmod(1 << s.b, atRho, FR), second, FR));
        to.set(REM, addmod(atRho, mulmod(lambdas.at(10), atR, FR), FR));
        to.set(P, addmod(mulmod(lambdas.at(8), atR, FR), mulmod(p.beta, second, FR), FR));
        to.set(AUX, _aux(s, v, p));
        to.set(H, addmod(lambdas.at(2), mulmod(lambdas.at(9), atR, FR), FR));
        uint256 atLimbs = p.eqRU.at(s.lk + 3 + s.lt);
        to.set(HAUX, addmod(lambdas.at(2), mulmod(lambdas.at(12), atLimbs, FR), FR));
        uint256 atTable = p.eqRU.at(s.b + 1);
        to.set(MULT, mulmod(lambdas.at(14), atTable, FR));
        to.set(HT, mulmod(lambdas.at(15), atTable, FR));
    }

    function setStatement(TrainStatement calldata s, Verification memory v, TrainPoints memory p) internal pure {
        uint256 u = v.challenges.u;
        uint256 to = v.coefficients.skip(Opening.statementIndex(v));
        to.set(0, mulmod(p.lambdas.at(16), p.eqRU.at(s.b + 1), FR));
        uint256 rows = s.li + s.lb;
        to.set(1, addmod(_features(s, v, p), Opening.externalBound(v, 0, s.lk + rows), FR));
        // e2 = (p - Y)~
        uint256 weight = FR - mulmod(p.lambdas.at(8), p.eqRU.at(rows), FR);
        to.set(2, addmod(weight, Opening.externalBound(v, 1, rows), FR));
        uint256 feature = Multilinear.eq(p.rhoFeature, u, s.lk);
        weight = FR - mulmod(p.lambdas.at(3), feature, FR);
        to.set(3, addmod(weight, Opening.externalBound(v, 2, s.lk), FR));
        weight = FR - mulmod(p.lambdas.at(4), feature, FR);
        to.set(4, addmod(weight, Opening.externalBound(v, 3, s.lk), FR));
    }

    /// X: claim 5 at (r_k, rho_i, r_b), claim 7 at (rho_k, r_i, r_b').
    function _features(
        TrainStatement calldata s,
        Verification memory v,
        TrainPoints memory p
    ) private pure returns (uint256) {
        uint256 r = v.challenges.r;
        uint256 u = v.challenges.u;
        uint256 rowsU = u.skip(s.lk);
        uint256 first = mulmod(p.eqRU.at(s.lk), Multilinear.eq(p.rho, rowsU, s.li), FR);
        first = mulmod(first, Multilinear.eq(r.skip(s.lk), rowsU.skip(s.li), s.lb), FR);
        // r_b' follows r_i, as the batch follows the row
        uint256 second = Multilinear.eq(r, rowsU, s.li + s.lb);
        second = mulmod(second, Multilinear.eq(p.rhoFeature, u, s.lk), FR);
        return addmod(mulmod(p.lambdas.at(5), first, FR), mulmod(p.lambdas.at(7), second, FR), FR);
    }

    /// aux: claims 1, 3 and 4 at rho_k, claim 6 at (r_k, r_b, rho_e), claim 13 at r.
    function _aux(
        TrainStatement calldata s,
        Verification memory v,
        TrainPoints memory p
    ) private pure returns (uint256 weight) {
        uint256 r = v.challenges.r;
        uint256 u = v.challenges.u;
        uint256 stepU = u.skip(s.lk + 3);
        LimbWeights memory limbs = Limbs.weights(u.skip(s.lk), 1 << s.b);
        weight = addmod(_update(s, p, stepU, limbs), _result(s, p, stepU, limbs), FR);
        weight = mulmod(weight, Multilinear.eq(p.rhoFeature, u, s.lk), FR);
        uint256 forward = mulmod(limbs.forward, p.eqRU.at(s.lk), FR);
        forward = mulmod(forward, Multilinear.eq(r.skip(s.lk), stepU, s.lb), FR);
        forward = mulmod(forward, Multilinear.eq(p.rhoStep.skip(s.lb), stepU.skip(s.lb), s.lt - s.lb), FR);
        weight = addmod(weight, mulmod(p.lambdas.at(6), forward, FR), FR);
        weight = addmod(weight, mulmod(p.lambdas.at(13), p.eqRU.at(s.lk + 3 + s.lt), FR), FR);
    }

    /// Claims 1 and 3 over (t, l) without the final weights:
    /// `lambda (2^(2b) (W - Wnext) + u - d W)` at rho_t, `lambda^3 W` at step 0.
    function _update(
        TrainStatement calldata s,
        TrainPoints memory p,
        uint256 stepU,
        LimbWeights memory limbs
    ) private pure returns (uint256 weight) {
        uint256 lambda = p.lambdas.at(1);
        uint256 same = Multilinear.eq(p.rhoStep, stepU, s.lt);
        weight = mulmod(mulmod(lambda, same, FR), limbs.remainder, FR);
        uint256 factor = addmod(same, FR - Multilinear.successor(p.rhoStep, stepU, s.lt), FR);
        factor = mulmod(1 << (2 * s.b), factor, FR);
        uint256 decay = mulmod(s.d, Multilinear.eqBelow(p.rhoStep, stepU, s.lt, s.steps), FR);
        factor = mulmod(lambda, addmod(factor, FR - decay, FR), FR);
        (, uint256 firstU) = Multilinear.ends(stepU, s.lt);
        factor = addmod(factor, mulmod(p.lambdas.at(3), firstU, FR), FR);
        weight = addmod(weight, mulmod(factor, limbs.model, FR), FR);
    }

    /// Claims 1 and 4 on the final weights: `-lambda 2^(2b) Wnext` at rho_t's last step, `lambda^4 Wnext`.
    function _result(
        TrainStatement calldata s,
        TrainPoints memory p,
        uint256 stepU,
        LimbWeights memory limbs
    ) private pure returns (uint256 weight) {
        (uint256 lastRho, ) = Multilinear.ends(p.rhoStep, s.lt);
        (uint256 lastU, ) = Multilinear.ends(stepU, s.lt);
        weight = mulmod(mulmod(p.lambdas.at(1), 1 << (2 * s.b), FR), lastRho, FR);
        weight = addmod(p.lambdas.at(4), FR - weight, FR);
        weight = mulmod(mulmod(weight, lastU, FR), limbs.result, FR);
    }
}
