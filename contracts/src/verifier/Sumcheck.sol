// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {PadForm, Verification} from "./Verification.sol";
import {Words} from "./Words.sol";

/// @title The two sum-checks as affine forms in the pads (docs/proof-system.md, sections 4.2 and 4.3)
/// @dev A round with challenge s turns the claim into `s claim + (1 - 2s) c_0 + sum_{d >= 2} (s^d - s) c_d`. The same
/// recurrence, with L_slot(x) in the place of the message, gives the weights of the pads. The first round binds the
/// highest variable.
///
/// Messages alternate between the pad's a and b. In each round c_0 and c_3 have the parity of `hidden` (the number of
/// hidden sums), c_2 and c_4 the other one.
library Sumcheck {
    using Words for uint256;

    /// What the messages of one sum-check add to the final claim. Not reduced, but for the product: at most five
    /// terms below FR, which fit into a word.
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
        (uint256 same, uint256 other) = _slots(v, v.shape.hidden);
        uint256 point = v.challenges.r;
        Fold memory fold;
        _quartic(fold, v.layout.s1, point, point.skip(v.shape.n1), same, other);
        _add(v, fold, 1);
        return fold.product;
    }

    /// @notice Adds coefficient * (the second sum-check's final claim, without its initial claim).
    /// @return product the factor of the initial claim
    function addSecond(Verification memory v, uint256 coefficient) internal pure returns (uint256 product) {
        (uint256 same, uint256 other) = _slots(v, v.shape.hidden + 4 * v.shape.n1);
        uint256 point = v.challenges.u;
        Fold memory fold;
        _quadratic(fold, v.layout.s2, point, point.skip(v.shape.n2), same, other);
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

    /// @param messages calldata: the rounds' messages, four words each
    /// @param point memory: the challenges, lowest variable first
    /// @param last memory: where they end
    /// @param same memory: Lagrange value of the first message's slot
    /// @param other memory: Lagrange value of the second message's slot
    function _quartic(
        Fold memory fold,
        uint256 messages,
        uint256 point,
        uint256 last,
        uint256 same,
        uint256 other
    ) private pure {
        uint256 total;
        uint256 first;
        uint256 second;
        uint256 product = 1;
        // Reads only. At most five terms below FR are added up before the next mulmod reduces them.
        assembly ("memory-safe") {
            for {} gt(last, point) {} {
                last := sub(last, 0x20)
                let s := mload(last)
                product := mulmod(product, s, FR)
                // 1 - 2s
                let factor := add(shl(1, sub(FR, s)), 1)
                total := add(mulmod(total, s, FR), mulmod(factor, calldataload(messages), FR))
                first := add(mulmod(first, s, FR), mulmod(factor, mload(same), FR))
                // s^2 - s
                let power := mulmod(s, s, FR)
                factor := add(power, sub(FR, s))
                total := add(total, mulmod(factor, calldataload(add(messages, 0x20)), FR))
                second := add(mulmod(second, s, FR), mulmod(factor, mload(other), FR))
                // s^3 - s
                factor := add(mulmod(power, s, FR), sub(FR, s))
                total := add(total, mulmod(factor, calldataload(add(messages, 0x40)), FR))
                first := add(first, mulmod(factor, mload(add(same, 0x20)), FR))
                // s^4 - s
                factor := add(mulmod(power, power, FR), sub(FR, s))
                total := add(total, mulmod(factor, calldataload(add(messages, 0x60)), FR))
                second := add(second, mulmod(factor, mload(add(other, 0x20)), FR))
                messages := add(messages, 0x80)
                same := add(same, 0x40)
                other := add(other, 0x40)
            }
        }
        fold.total = total;
        fold.same = first;
        fold.other = second;
        fold.product = product;
    }

    /// As `_quartic`, with two words a message.
    function _quadratic(
        Fold memory fold,
        uint256 messages,
        uint256 point,
        uint256 last,
        uint256 same,
        uint256 other
    ) private pure {
        uint256 total;
        uint256 first;
        uint256 second;
        uint256 product = 1;
        // Reads only, and adds up at most three terms.
        assembly ("memory-safe") {
            for {} gt(last, point) {} {
                last := sub(last, 0x20)
                let s := mload(last)
                product := mulmod(product, s, FR)
                // 1 - 2s
                let factor := add(shl(1, sub(FR, s)), 1)
                total := add(mulmod(total, s, FR), mulmod(factor, calldataload(messages), FR))
                first := add(mulmod(first, s, FR), mulmod(factor, mload(same), FR))
                // s^2 - s
                factor := add(mulmod(s, s, FR), sub(FR, s))
                total := add(total, mulmod(factor, calldataload(add(messages, 0x20)), FR))
                second := add(mulmod(second, s, FR), mulmod(factor, mload(other), FR))
                messages := add(messages, 0x40)
                same := add(same, 0x20)
                other := add(other, 0x20)
            }
        }
        fold.total = total;
        fold.same = first;
        fold.other = second;
        fold.product = product;
    }
}
