// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Bn254, FR} from "./Bn254.sol";
import {IVerifierErrors} from "./IVerifierErrors.sol";
import {Multilinear} from "./Multilinear.sol";
import {ORDER_INVERSE} from "./Pad.sol";
import {PadForm, Verification} from "./Verification.sol";
import {Words} from "./Words.sol";

/// @title The opening of all commitments at once (docs/proof-system.md, section 4.4)
/// @dev Everything is one linear combination of the proof's and the statement's points: `P1 + x pi_1 + w (P2 + pi_2/x)`.
/// Its coefficients lie in memory in the order of `Verification.coefficients`.
library Opening {
    /// Minus the generator of G2, in EIP-197's order. The pairing equation is checked in the form
    /// `e(lhs, -[1]_2) e(pi_1 + w pi_2, [tau]_2) e(delta, [xi]_2) = 1`: so nothing of the proof has to be negated.
    uint256 private constant G2_X_IM = 11559732032986387107991004021392285783925812861821192530917403151452391805634;
    uint256 private constant G2_X_RE = 10857046999023057135944570762232829481370756359578518086990519993285655852781;
    uint256 private constant G2_MINUS_Y_IM =
        17805874995975841540914202342111839520379459829704422454583296818431106115052;
    uint256 private constant G2_MINUS_Y_RE =
        13392588948715843804641432497768002650278120570034223513918757245338268106653;

    /// Points before the witness columns: A, B, C.
    uint256 internal constant COLUMNS = 3;

    /// @notice Index of the coefficient of the statement's first point.
    function statementIndex(Verification memory v) internal pure returns (uint256) {
        return _openingIndex(v) + 7 + v.shape.n2;
    }

    /// @notice Tabulates x^-(2^k - 1) for k = 0 .. n2 and z^3 y^k for k < n2 + 3 + externals. Needs `Pad.prepare`.
    /// @param externals number of the relation's external columns
    function prepare(Verification memory v, uint256 externals) internal pure {
        uint256 z = v.challenges.z;
        uint256 cube = mulmod(mulmod(z, z, FR), z, FR);
        v.boundScales = Multilinear.powers(cube, v.challenges.y, v.shape.n2 + 3 + externals);
        uint256 count = v.shape.n2 + 1;
        uint256 table = Words.allocate(count);
        uint256 inverse = v.xInverse;
        assembly ("memory-safe") {
            let power := 1
            let place := table
            for {
                let end := add(table, shl(5, count))
            } lt(place, end) {
                place := add(place, 0x20)
            } {
                mstore(place, power)
                // 2^(k+1) - 1 = 2 (2^k - 1) + 1
                power := mulmod(mulmod(power, power, FR), inverse, FR)
            }
        }
        v.inversePowers = table;
    }

    /// @notice z^3 y^(n2 + 3 + j) x^-(2^variables - 1): what makes the commitment of external column `j` canonical.
    /// @param variables number of variables of the column, at most n2
    function externalBound(Verification memory v, uint256 j, uint256 variables) internal pure returns (uint256) {
        uint256 scale = Words.at(v.boundScales, v.shape.n2 + 3 + j);
        return mulmod(scale, Words.at(v.inversePowers, variables), FR);
    }

    /// @notice Sets every coefficient but those of the columns. Needs the complete pad form.
    function combine(Verification memory v) internal pure {
        _padCoefficients(v);
        _quotientCoefficients(v);
        _constantCoefficients(v);
    }

    /// A, B, C and the generator: lines 2 and 3 of P1, and the constants of line 4 and of P2.
    function _padCoefficients(Verification memory v) private pure {
        PadForm memory form = v.form;
        uint256 z = v.challenges.z;
        uint256 kappa = v.challenges.kappa;
        uint256 z2 = mulmod(z, z, FR);
        (uint256 a, uint256 e) = _evaluations(v.layout.evaluations);
        // sum of `a wA(x) + K0 / m` times kappa; then times z
        uint256 pad = addmod(mulmod(a, form.weightA, FR), mulmod(form.constantTerm, ORDER_INVERSE, FR), FR);
        uint256 generator = mulmod(z, mulmod(kappa, pad, FR), FR);
        generator = addmod(generator, FR - mulmod(z2, a, FR), FR);
        uint256 heldE = addmod(mulmod(z2, z, FR), v.challenges.w, FR);
        v.generator = addmod(generator, FR - mulmod(heldE, e, FR), FR);
        uint256 to = v.coefficients;
        Words.set(to, 0, z2);
        Words.set(to, 1, mulmod(z, addmod(a, mulmod(kappa, form.weightB, FR), FR), FR));
        Words.set(to, 2, mulmod(z, addmod(FR - 1, mulmod(kappa, form.weightC, FR), FR), FR));
    }

    /// q_0 .. q_{n2-1}, and C_V, which shares their factors: line 1 of P1 and line 4.
    function _quotientCoefficients(Verification memory v) private pure {
        uint256 n2 = v.shape.n2;
        uint256 to = Words.skip(v.coefficients, _openingIndex(v) + 2);
        uint256 powersOfX = Words.allocate(n2);
        _quotientBounds(v, to, powersOfX);
        uint256 point = v.challenges.u;
        uint256 tail = 1;
        // From the last q_k to the first, tail = Phi_{n2-k-1}(x^(2^(k+1))); Phi_{n2-k}(x^(2^k)) = (1 + x^(2^k)) tail.
        assembly ("memory-safe") {
            for {
                let offset := shl(5, n2)
            } offset {} {
                offset := sub(offset, 0x20)
                let shifted := mulmod(mload(add(powersOfX, offset)), tail, FR)
                tail := addmod(tail, shifted, FR)
                let term := add(mulmod(mload(add(point, offset)), tail, FR), sub(FR, shifted))
                let place := add(to, offset)
                mstore(place, addmod(mload(place), term, FR))
            }
        }
        // tail = Phi_{n2}(x)
        uint256 pad = mulmod(mulmod(v.challenges.z, v.challenges.kappa, FR), ORDER_INVERSE, FR);
        uint256 value = addmod(FR - tail, mulmod(pad, v.form.theta, FR), FR);
        Words.set(v.coefficients, _openingIndex(v), addmod(value, Words.at(v.boundScales, n2 + 1), FR));
    }

    /// z^3 y^k x^-(2^k - 1) to `to`, x^(2^k) to `powersOfX`, for k < n2.
    function _quotientBounds(Verification memory v, uint256 to, uint256 powersOfX) private pure {
        uint256 scales = v.boundScales;
        uint256 inversePowers = v.inversePowers;
        uint256 power = v.challenges.x;
        uint256 n2 = v.shape.n2;
        assembly ("memory-safe") {
            let size := shl(5, n2)
            for {
                let offset := 0
            } lt(offset, size) {
                offset := add(offset, 0x20)
            } {
                mstore(add(to, offset), mulmod(mload(add(scales, offset)), mload(add(inversePowers, offset)), FR))
                mstore(add(powersOfX, offset), power)
                power := mulmod(power, power, FR)
            }
        }
    }

    /// C_nu, R, Q, g, pi_1, pi_2.
    function _constantCoefficients(Verification memory v) private pure {
        uint256 n2 = v.shape.n2;
        uint256 x = v.challenges.x;
        uint256 w = v.challenges.w;
        uint256 z = v.challenges.z;
        uint256 first = _openingIndex(v);
        uint256 to = v.coefficients;
        Words.set(to, first + 1, Words.at(v.boundScales, n2 + 2));
        // R, of degree at most 126: x^-126 = x^-127 x; the table goes that far, since n2 >= b >= 8
        uint256 bound = mulmod(Words.at(v.boundScales, n2), mulmod(Words.at(v.inversePowers, 7), x, FR), FR);
        uint256 shifted = mulmod(mulmod(z, v.challenges.kappa, FR), x, FR);
        Words.set(to, first + 2 + n2, addmod(bound, FR - shifted, FR));
        Words.set(to, first + 3 + n2, FR - mulmod(z, v.vanishing, FR));
        Words.set(to, first + 4 + n2, w);
        Words.set(to, first + 5 + n2, x);
        Words.set(to, first + 6 + n2, mulmod(w, v.xInverse, FR));
    }

    /// @notice Checks the pairing equation; reverts unless it holds.
    /// @param statementPoints calldata: the statement's points, followed by [tau]_2 and [xi]_2
    /// @param fields the names of the statement's points, for errors
    function verify(Verification memory v, uint256 statementPoints, bytes32[] memory fields) internal view {
        uint256 sum = Words.allocate(Bn254.SUM_WORDS);
        uint256 input = Words.allocate(Bn254.PAIRING_WORDS);
        leftSide(v, sum, statementPoints, fields);
        Words.set(input, 0, Words.at(sum, 0));
        Words.set(input, 1, Words.at(sum, 1));
        rightSide(v, sum);
        Words.set(input, 6, Words.at(sum, 0));
        Words.set(input, 7, Words.at(sum, 1));
        uint256 delta = v.layout.last + 128;
        uint256 setup = statementPoints + 64 * fields.length;
        assembly ("memory-safe") {
            mstore(add(input, 0x40), G2_X_IM)
            mstore(add(input, 0x60), G2_X_RE)
            mstore(add(input, 0x80), G2_MINUS_Y_IM)
            mstore(add(input, 0xa0), G2_MINUS_Y_RE)
            calldatacopy(add(input, 0x100), setup, 0x80)
            calldatacopy(add(input, 0x180), delta, 0x40)
            calldatacopy(add(input, 0x1c0), add(setup, 0x80), 0x80)
        }
        (bool valid, bool holds) = Bn254.pairingHolds(input);
        if (!valid) {
            _requireProofPoint(v.layout.columns, delta);
            revert IVerifierErrors.SetupPointsInvalid();
        }
        if (!holds) revert IVerifierErrors.OpeningEquationFalse();
    }

    /// @notice P1 + x pi_1 + w (P2 + pi_2 / x).
    /// @param sum memory for the result, laid out as `Bn254.addProducts` says
    function leftSide(
        Verification memory v,
        uint256 sum,
        uint256 statementPoints,
        bytes32[] memory fields
    ) internal view {
        Words.set(sum, 0, 0);
        Words.set(sum, 1, 0);
        Bn254.addGenerator(sum, v.generator);
        uint256 first = _openingIndex(v);
        uint256 n2 = v.shape.n2;
        _addProofPoints(v, sum, 0, v.layout.columns, first);
        _addProofPoints(v, sum, first, v.layout.opening, 5 + n2);
        _addProofPoints(v, sum, first + 5 + n2, v.layout.last, 2);
        uint256 scalars = Words.skip(v.coefficients, statementIndex(v));
        uint256 done = Bn254.addProducts(sum, scalars, statementPoints, fields.length);
        if (done != fields.length) {
            (uint256 x, uint256 y) = _point(statementPoints + 64 * done);
            if (!Bn254.isCanonical(x, y) || !Bn254.isOnCurve(x, y)) {
                revert IVerifierErrors.StatementPointInvalid(fields[done], x, y);
            }
            revert IVerifierErrors.PrecompileFailed(7);
        }
    }

    /// @notice pi_1 + w pi_2.
    function rightSide(Verification memory v, uint256 sum) internal view {
        uint256 position = v.layout.last;
        // pi_1 as it is: leftSide has already had it checked
        assembly ("memory-safe") {
            calldatacopy(sum, position, 0x40)
        }
        // the word that holds w as the coefficient of g
        uint256 scalar = Words.skip(v.coefficients, _openingIndex(v) + 4 + v.shape.n2);
        if (Bn254.addProducts(sum, scalar, position + 64, 1) != 1) revert IVerifierErrors.PrecompileFailed(7);
    }

    function _addProofPoints(
        Verification memory v,
        uint256 sum,
        uint256 index,
        uint256 position,
        uint256 count
    ) private view {
        uint256 done = Bn254.addProducts(sum, Words.skip(v.coefficients, index), position, count);
        if (done != count) {
            _requireProofPoint(v.layout.columns, position + 64 * done);
            revert IVerifierErrors.PrecompileFailed(7);
        }
    }

    /// Reverts unless the proof's point at `position` is canonical and on the curve.
    function _requireProofPoint(uint256 start, uint256 position) private pure {
        (uint256 x, uint256 y) = _point(position);
        if (!Bn254.isCanonical(x, y)) revert IVerifierErrors.NonCanonicalPoint(position - start, x, y);
        if (!Bn254.isOnCurve(x, y)) revert IVerifierErrors.PointNotOnCurve(position - start, x, y);
    }

    function _point(uint256 position) private pure returns (uint256 x, uint256 y) {
        assembly ("memory-safe") {
            x := calldataload(position)
            y := calldataload(add(position, 0x20))
        }
    }

    function _evaluations(uint256 position) private pure returns (uint256 a, uint256 e) {
        (a, e) = _point(position);
    }

    /// Index of the coefficient of C_V.
    function _openingIndex(Verification memory v) private pure returns (uint256) {
        return COLUMNS + v.shape.phase1Points + v.shape.phase2Points;
    }
}
