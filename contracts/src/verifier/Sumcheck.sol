// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {PadForm, Verification} from "./Verification.sol";
import {Words} from "./Words.sol";

/// @title The two sum-checks as affine forms in the pads (docs/proof-system.md, sections 4.2 and 4.3)
/// @dev A round with challenge s turns the claim into `s claim + (1 - 2s) c_0 + sum_{d >= 2} (s^d - s) c_d`. So a
/// coefficient counts with the factor shown times the challenges of the later rounds, which are those of the lower
/// variables: the loops run over the variables upwards, that is over the rounds from the last to the first.
///
/// Messages alternate between the pad's a and b. In each round c_0 and c_3 have the parity of `hidden` (the number of
/// hidden sums), c_2 and c_4 the other one.
library Sumcheck {
    using Words for uint256;

    /// What the messages of one sum-check add to the final claim.
    struct Fold {
        /// Sum of factor * message.
        uint256 total;
        /// Sum of factor * L_slot(x) over the messages with the parity of `hidden`, and over the others.
        uint256 same;
        uint256 other;
        /// Product of all challenges: the factor of the first claim.
        uint256 product;
    }

    /// @notice Adds the first sum-check's final claim, without its initial claim.
    /// @return product the factor of the initial claim
    function addFirst(Verification memory v) internal pure returns (uint256 product) {
        uint256 index = v.shape.hidden + 4 * v.shape.n1;
        (uint256 same, uint256 other) = _slots(v, index);
        Fold memory fold;
        uint256 point = v.challenges.r;
        _quartic(fold, v.layout.values, point, point.skip(v.shape.n1), same, other);
        _add(v, fold, 1);
        return fold.product;
    }

    /// @notice Adds coefficient * (the second sum-check's final claim, without its initial claim).
    /// @return product the factor of the initial claim
    function addSecond(Verification memory v, uint256 coefficient) internal pure returns (uint256 product) {
        uint256 index = v.shape.hidden + 4 * v.shape.n1 + 2 * v.shape.n2;
        (uint256 same, uint256 other) = _slots(v, index);
        Fold memory fold;
        uint256 point = v.challenges.u;
        _quadratic(fold, v.layout.opening, point, point.skip(v.shape.n2), same, other);
        _add(v, fold, coefficient);
        return fold.product;
    }

    /// Pointers to the Lagrange values of message `index` and of the one after it.
    function _slots(Verification memory v, uint256 index) private pure returns (uint256 same, uint256 other) {
        same = Words.skip(v.lagrange, v.shape.pairs + index / 2);
        other = Words.skip(v.lagrange, v.shape.pairs + (index + 1) / 2);
    }

    function _add(Verification memory v, Fold memory fold, uint256 coefficient) private pure {
        PadForm memory form = v.form;
        form.constantTerm = addmod(form.constantTerm, mulmod(coefficient, fold.total, FR), FR);
        uint256 same = FR - mulmod(coefficient, fold.same, FR);
        uint256 other = FR - mulmod(coefficient, fold.other, FR);
        (uint256 even, uint256 odd) = v.shape.hidden % 2 == 0 ? (same, other) : (other, same);
        form.weightA = addmod(form.weightA, even, FR);
        form.weightB = addmod(form.weightB, odd, FR);
    }

    /// @param messages calldata: where the last round's message ends, four words each
    /// @param point memory: the challenges, lowest variable first
    /// @param end memory: where they end
    /// @param same memory: Lagrange value of the slot that the message after the last one would have
    /// @param other memory: Lagrange value of the slot of the one after that
    function _quartic(
        Fold memory fold,
        uint256 messages,
        uint256 point,
        uint256 end,
        uint256 same,
        uint256 other
    ) private pure {
        uint256 total;
        uint256 product = 1;
        // fold.same and fold.other stay in memory: the stack has no room for them. Writes to nothing else.
        assembly ("memory-safe") {
            for {} lt(point, end) {
                point := add(point, 0x20)
            } {
                messages := sub(messages, 0x80)
                same := sub(same, 0x40)
                other := sub(other, 0x40)
                let s := mload(point)
                let sums := add(fold, 0x20)
                // (1 - 2s) product
                let factor := mulmod(product, add(shl(1, sub(FR, s)), 1), FR)
                total := addmod(total, mulmod(factor, calldataload(messages), FR), FR)
                mstore(sums, addmod(mload(sums), mulmod(factor, mload(same), FR), FR))
                // (s^3 - s) product
                let power := mulmod(s, s, FR)
                factor := mulmod(product, add(mulmod(power, s, FR), sub(FR, s)), FR)
                total := addmod(total, mulmod(factor, calldataload(add(messages, 0x40)), FR), FR)
                mstore(sums, addmod(mload(sums), mulmod(factor, mload(add(same, 0x20)), FR), FR))
                // (s^2 - s) product
                sums := add(fold, 0x40)
                factor := mulmod(product, add(power, sub(FR, s)), FR)
                total := addmod(total, mulmod(factor, calldataload(add(messages, 0x20)), FR), FR)
                mstore(sums, addmod(mload(sums), mulmod(factor, mload(other), FR), FR))
                // (s^4 - s) product
                factor := mulmod(product, add(mulmod(power, power, FR), sub(FR, s)), FR)
                total := addmod(total, mulmod(factor, calldataload(add(messages, 0x60)), FR), FR)
                mstore(sums, addmod(mload(sums), mulmod(factor, mload(add(other, 0x20)), FR), FR))
                product := mulmod(product, s, FR)
            }
        }
        fold.total = total;
        fold.product = product;
    }

    /// As `_quartic`, with two words a message.
    function _quadratic(
        Fold memory fold,
        uint256 messages,
        uint256 point,
        uint256 end,
        uint256 same,
        uint256 other
    ) private pure {
        uint256 total;
        uint256 product = 1;
        assembly ("memory-safe") {
            for {} lt(point, end) {
                point := add(point, 0x20)
            } {
                messages := sub(messages, 0x40)
                same := sub(same, 0x20)
                other := sub(other, 0x20)
                let s := mload(point)
                let sums := add(fold, 0x20)
                // (1 - 2s) product
                let factor := mulmod(product, add(shl(1, sub(FR, s)), 1), FR)
                total := addmod(total, mulmod(factor, calldataload(messages), FR), FR)
                mstore(sums, addmod(mload(sums), mulmod(factor, mload(same), FR), FR))
                // (s^2 - s) product
                sums := add(fold, 0x40)
                factor := mulmod(product, add(mulmod(s, s, FR), sub(FR, s)), FR)
                total := addmod(total, mulmod(factor, calldataload(add(messages, 0x20)), FR), FR)
                mstore(sums, addmod(mload(sums), mulmod(factor, mload(other), FR), FR))
                product := mulmod(product, s, FR)
            }
        }
        fold.total = total;
        fold.product = product;
    }
}
