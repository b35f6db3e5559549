// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Bn254} from "./Bn254.sol";
import {IVerifierErrors} from "./IVerifierErrors.sol";
import {Opening} from "./Opening.sol";
import {Verification} from "./Verification.sol";
import {Words} from "./Words.sol";

/// @title The opening of all commitments at once (docs/proof-system.md, section 4.4): its points
library PairingCheck {
    /// Minus the generator of G2, in EIP-197's order. The pairing equation is checked in the form
    /// `e(lhs, -[1]_2) e(pi_1 + w pi_2, [tau]_2) e(delta, [xi]_2) = 1`: so nothing of the proof has to be negated.
    uint256 internal constant G2_X_IM = 11559732032986387107991004021392285783925812861821192530917403151452391805634;
    uint256 internal constant G2_X_RE = 10857046999023057135944570762232829481370756359578518086990519993285655852781;
    uint256 internal constant G2_MINUS_Y_IM =
        17805874995975841540914202342111839520379459829704422454583296818431106115052;
    uint256 internal constant G2_MINUS_Y_RE =
        13392588948715843804641432497768002650278120570034223513918757245338268106653;

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
        // Fills the rest of the reserved input; the precompile checks what is copied from calldata.
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
        uint256 first = Opening.openingIndex(v);
        uint256 n2 = v.shape.n2;
        _addProofPoints(v, sum, 0, v.layout.columns, first);
        _addProofPoints(v, sum, first, v.layout.opening, 5 + n2);
        _addProofPoints(v, sum, first + 5 + n2, v.layout.last, 2);
        uint256 scalars = Words.skip(v.coefficients, Opening.statementIndex(v));
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
        uint256 scalar = Words.skip(v.coefficients, Opening.openingIndex(v) + 4 + v.shape.n2);
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
}
