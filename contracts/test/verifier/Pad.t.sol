// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Bn254, FR} from "../../src/verifier/Bn254.sol";
import {IVerifierErrors} from "../../src/verifier/IVerifierErrors.sol";
import {Pad, ORDER_INVERSE, ROOT, ROOT_INVERSE} from "../../src/verifier/Pad.sol";
import {Verification} from "../../src/verifier/Verification.sol";
import {Words} from "../../src/verifier/Words.sol";
import {TestBase} from "../TestBase.sol";

contract PadTest is TestBase {
    uint256 private constant ORDER = 128;

    function _power(uint256 base, uint256 exponent) private pure returns (uint256 result) {
        result = 1;
        for (; exponent > 0; exponent >>= 1) {
            if (exponent & 1 == 1) result = mulmod(result, base, FR);
            base = mulmod(base, base, FR);
        }
    }

    /// The table for a relation that uses `count` indices, at x.
    function prepare(uint256 x, uint256 count) public view returns (uint256[] memory table, uint256[2] memory others) {
        Verification memory v;
        v.challenges.x = x;
        v.shape.pairs = count;
        Pad.prepare(v);
        table = new uint256[](count);
        for (uint256 j = 0; j < count; ++j) table[j] = Words.at(v.lagrange, j);
        others = [v.xInverse, v.vanishing];
    }

    function testConstantsGenerateTheSubgroup() public pure {
        assertEq(ROOT, _power(5, (FR - 1) / ORDER));
        assertEq(_power(ROOT, ORDER / 2), FR - 1);
        assertEq(mulmod(ROOT, ROOT_INVERSE, FR), 1);
        assertEq(mulmod(ORDER_INVERSE, ORDER, FR), 1);
    }

    function testFuzzTableHoldsTheLagrangePolynomials(uint256 x, uint8 size) public view {
        x = bound(x, 2, FR - 2);
        uint256 count = 1 + (uint256(size) % ORDER);
        (uint256[] memory table, uint256[2] memory others) = prepare(x, count);
        uint256 vanishing = addmod(_power(x, ORDER), FR - 1, FR);
        assertEq(mulmod(others[0], x, FR), 1);
        assertEq(others[1], vanishing);
        for (uint256 j = 0; j < count; ++j) {
            // L_j(x) 128 (x - w^j) = w^j (x^128 - 1)
            uint256 root = _power(ROOT, j);
            uint256 left = mulmod(mulmod(table[j], ORDER, FR), addmod(x, FR - root, FR), FR);
            assertEq(left, mulmod(root, vanishing, FR));
        }
    }

    function testRejectsEvaluationPointZero() public {
        _expectInDomain(0);
    }

    function testRejectsEveryEvaluationPointOfTheSubgroup() public {
        for (uint256 j = 0; j < ORDER; ++j) _expectInDomain(_power(ROOT, j));
    }

    function _expectInDomain(uint256 x) private {
        VM.expectRevert(abi.encodeWithSelector(IVerifierErrors.EvaluationPointInDomain.selector, x));
        this.prepare(x, 1);
    }

    function inverse(uint256 value) public view returns (uint256) {
        return Bn254.inverse(value);
    }

    function testFuzzInverse(uint256 value) public view {
        value = bound(value, 1, FR - 1);
        assertEq(mulmod(Bn254.inverse(value), value, FR), 1);
    }

    function testZeroHasNoInverse() public {
        VM.expectRevert(abi.encodeWithSelector(IVerifierErrors.PrecompileFailed.selector, 5));
        this.inverse(0);
    }
}
