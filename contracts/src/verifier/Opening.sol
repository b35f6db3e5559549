// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {Multilinear} from "./Multilinear.sol";
import {ORDER_INVERSE} from "./Pad.sol";
import {PadForm, Verification} from "./Verification.sol";
import {Words} from "./Words.sol";

/// @title The opening of all commitments at once (docs/proof-system.md, section 4.4): its scalars
/// @dev Everything is one linear combination of the proof's and the statement's points: `P1 + x pi_1 + w (P2 + pi_2/x)`.
/// Its coefficients lie in memory in the order of `Verification.coefficients`.
library Opening {
    /// Points before the witness columns: A, B, C.
    uint256 internal constant COLUMNS = 3;

    /// @notice Index of the coefficient of the statement's first point.
    function statementIndex(Verification memory v) internal pure returns (uint256) {
        return openingIndex(v) + 7 + v.shape.n2;
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
        // Writes the words just reserved.
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
        uint256 to = Words.skip(v.coefficients, openingIndex(v) + 2);
        uint256 powersOfX = Words.allocate(n2);
        _quotientBounds(v, to, powersOfX);
        uint256 point = v.challenges.u;
        uint256 tail = 1;
        // From the last q_k to the first, tail = Phi_{n2-k-1}(x^(2^(k+1))); Phi_{n2-k}(x^(2^k)) = (1 + x^(2^k)) tail.
        // Adds to the n2 coefficients at `to`; a term is below 2 FR, which addmod reduces.
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
        Words.set(v.coefficients, openingIndex(v), addmod(value, Words.at(v.boundScales, n2 + 1), FR));
    }

    /// z^3 y^k x^-(2^k - 1) to `to`, x^(2^k) to `powersOfX`, for k < n2.
    function _quotientBounds(Verification memory v, uint256 to, uint256 powersOfX) private pure {
        uint256 scales = v.boundScales;
        uint256 inversePowers = v.inversePowers;
        uint256 power = v.challenges.x;
        uint256 n2 = v.shape.n2;
        // Writes n2 words at `to`, n2 at `powersOfX`: the callers' reserved ones.
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
        uint256 first = openingIndex(v);
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

    function _evaluations(uint256 position) private pure returns (uint256 a, uint256 e) {
        assembly ("memory-safe") {
            a := calldataload(position)
            e := calldataload(add(position, 0x20))
        }
    }

    /// @notice Index of the coefficient of C_V.
    function openingIndex(Verification memory v) internal pure returns (uint256) {
        return COLUMNS + v.shape.phase1Points + v.shape.phase2Points;
    }
}
