// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Bn254, FR} from "./Bn254.sol";
import {IVerifierErrors} from "./IVerifierErrors.sol";
import {PadForm, Shape, Verification} from "./Verification.sol";
import {Words} from "./Words.sol";

// 5^((FR - 1) / 128), which generates the subgroup H of order 128.
uint256 constant ROOT = 10359452186428527605436343203440067497552205259388878191021578220384701716497;
// 1 / ROOT.
uint256 constant ROOT_INVERSE = 10067055113802888859058817473382027434147393635895278855790546867998159022039;
// 1 / 128.
uint256 constant ORDER_INVERSE = 21717240974403030884572605700372452626919080303537784075388061966368184991745;

/// @title The one-time pads (docs/proof-system.md, section 4.1)
/// @dev A message is sent as value + pad. What the verifier would compute with the values it computes as an affine form
/// in the pads; a weight is multiplied at once by L_j(x) of its slot, since only `wA(x), wB(x), wC(x)` are needed.
library Pad {
    /// @notice Tabulates L_j(x) = (x^128 - 1) / (128 (x w^-j - 1)) for every index in use; sets 1/x and x^128 - 1.
    /// One inversion (Montgomery's trick), five multiplications an index.
    function prepare(Verification memory v) internal view {
        uint256 x = v.challenges.x;
        uint256 power = x;
        for (uint256 i = 0; i < 7; ++i) {
            power = mulmod(power, power, FR);
        }
        if (x == 0 || power == 1) revert IVerifierErrors.EvaluationPointInDomain(x);
        Shape memory shape = v.shape;
        unchecked {
            // counts are small, and x is not 0, so neither is its power
            v.vanishing = power - 1;
            uint256 sent = shape.hidden + 4 * shape.n1 + 2 * shape.n2;
            _tabulate(v, x, shape.pairs + (sent + 1) / 2);
        }
    }

    /// @param x neither 0 nor in H
    function _tabulate(Verification memory v, uint256 x, uint256 count) private view {
        uint256 table = Words.allocate(count);
        uint256 end = Words.skip(table, count);
        uint256 product = 1;
        // x w^-j
        uint256 turned = x;
        // Word j := (turned_0 - 1) .. (turned_{j-1} - 1).
        assembly ("memory-safe") {
            for {
                let place := table
            } lt(place, end) {
                place := add(place, 0x20)
            } {
                mstore(place, product)
                product := mulmod(product, add(turned, sub(FR, 1)), FR)
                turned := mulmod(turned, ROOT_INVERSE, FR)
            }
        }
        uint256 inverse = Bn254.inverse(mulmod(product, x, FR));
        v.xInverse = mulmod(inverse, product, FR);
        v.lagrange = table;
        // (x^128 - 1) / 128 over the product of all denominators; from the last index to the first, over fewer of them
        uint256 scaled = mulmod(mulmod(inverse, x, FR), mulmod(v.vanishing, ORDER_INVERSE, FR), FR);
        // Replaces the words of the table; turned - 1 below 2 FR is for mulmod to reduce, here and above.
        assembly ("memory-safe") {
            for {
                let place := end
            } gt(place, table) {} {
                place := sub(place, 0x20)
                turned := mulmod(turned, ROOT, FR)
                mstore(place, mulmod(scaled, mload(place), FR))
                scaled := mulmod(scaled, add(turned, sub(FR, 1)), FR)
            }
        }
    }

    /// @notice Adds coefficient * (message `index`), one of the messages that are not in a pair.
    /// @param index number of the message, in order of sending: only the hidden sums are added one by one, so it is
    /// below `shape.hidden`
    function addHidden(Verification memory v, uint256 index, uint256 coefficient) internal pure {
        PadForm memory form = v.form;
        uint256 lagrange = Words.at(v.lagrange, v.shape.pairs + index / 2);
        uint256 sent = _calldataWord(v.layout.hidden, index);
        form.constantTerm = addmod(form.constantTerm, mulmod(coefficient, sent, FR), FR);
        uint256 weight = FR - mulmod(coefficient, lagrange, FR);
        if (index % 2 == 0) form.weightA = addmod(form.weightA, weight, FR);
        else form.weightB = addmod(form.weightB, weight, FR);
    }

    /// @notice Adds product * v w + first * v + second * w for the values v, w of pair `index`, by
    /// `v w = (v^ - a)(w^ - b) = v^ w^ - v^ b - w^ a + c`.
    function addPair(
        Verification memory v,
        uint256 index,
        uint256 product,
        uint256 first,
        uint256 second
    ) internal pure {
        PadForm memory form = v.form;
        uint256 lagrange = Words.at(v.lagrange, index);
        uint256 sentFirst = _calldataWord(v.layout.values, 2 * index);
        uint256 sentSecond = _calldataWord(v.layout.values, 2 * index + 1);
        first = addmod(first, mulmod(product, sentSecond, FR), FR);
        form.constantTerm = addmod(form.constantTerm, mulmod(first, sentFirst, FR), FR);
        form.constantTerm = addmod(form.constantTerm, mulmod(second, sentSecond, FR), FR);
        second = addmod(second, mulmod(product, sentFirst, FR), FR);
        form.weightA = addmod(form.weightA, FR - mulmod(first, lagrange, FR), FR);
        form.weightB = addmod(form.weightB, FR - mulmod(second, lagrange, FR), FR);
        form.weightC = addmod(form.weightC, mulmod(product, lagrange, FR), FR);
    }

    /// @notice Adds a public number.
    function addConstant(Verification memory v, uint256 value) internal pure {
        v.form.constantTerm = addmod(v.form.constantTerm, value, FR);
    }

    /// @notice Value `index` of those sent in clear.
    function clearValue(Verification memory v, uint256 index) internal pure returns (uint256) {
        return _calldataWord(v.layout.values, 2 * v.shape.pairs + index);
    }

    function _calldataWord(uint256 position, uint256 index) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := calldataload(add(position, shl(5, index)))
        }
    }
}
