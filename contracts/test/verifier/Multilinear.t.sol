// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "../../src/verifier/Bn254.sol";
import {Multilinear} from "../../src/verifier/Multilinear.sol";
import {Words} from "../../src/verifier/Words.sol";
import {TestBase} from "../TestBase.sol";

/// The public weights against sums over all indices, straight from their definitions.
contract MultilinearTest is TestBase {
    using Words for uint256;

    uint256 private constant MAX_VARIABLES = 5;

    /// Mixes random coordinates with 0, 1, FR - 1 and 2^-1.
    function _point(uint256 seed, uint256 variables) private pure returns (uint256 point) {
        point = Words.allocate(variables);
        for (uint256 k = 0; k < variables; ++k) {
            uint256 value = uint256(keccak256(abi.encode(seed, k)));
            uint256 kind = value % 8;
            if (kind == 0) value = 0;
            else if (kind == 1) value = 1;
            else if (kind == 2) value = FR - 1;
            else if (kind == 3) value = (FR + 1) / 2;
            point.set(k, value % FR);
        }
    }

    /// eq(p, i): the weight of index i.
    function _weight(uint256 p, uint256 variables, uint256 i) private pure returns (uint256 weight) {
        weight = 1;
        for (uint256 k = 0; k < variables; ++k) {
            uint256 s = p.at(k);
            weight = mulmod(weight, (i >> k) & 1 == 1 ? s : addmod(1, FR - s, FR), FR);
        }
    }

    function _both(uint256 p, uint256 q, uint256 variables, uint256 i, uint256 j) private pure returns (uint256) {
        return mulmod(_weight(p, variables, i), _weight(q, variables, j), FR);
    }

    function testFuzzEqIsTheSumOverAllIndices(uint256 seed) public pure {
        uint256 variables = seed % (MAX_VARIABLES + 1);
        uint256 p = _point(seed, variables);
        uint256 q = _point(~seed, variables);
        uint256 expected;
        for (uint256 i = 0; i < 1 << variables; ++i) expected = addmod(expected, _both(p, q, variables, i, i), FR);
        assertEq(Multilinear.eq(p, q, variables), expected);
        assertEq(Multilinear.eq(q, p, variables), expected);
    }

    function testFuzzEqPrefixesAreTheEqsOfTheFirstVariables(uint256 seed) public pure {
        uint256 variables = seed % 20;
        uint256 p = _point(seed, variables);
        uint256 q = _point(~seed, variables);
        uint256 table = Multilinear.eqPrefixes(p, q, variables);
        for (uint256 k = 0; k <= variables; ++k) assertEq(table.at(k), Multilinear.eq(p, q, k));
    }

    function testFuzzTailsAreTheWeightsOfTheFirstIndex(uint256 seed) public pure {
        uint256 variables = seed % 20;
        uint256 p = _point(seed, variables);
        uint256 table = Multilinear.tails(p, variables);
        for (uint256 k = 0; k <= variables; ++k) assertEq(table.at(k), _weight(p.skip(k), variables - k, 0));
    }

    function testFuzzEndsAreTheLastAndTheFirstIndex(uint256 seed) public pure {
        uint256 variables = seed % 20;
        uint256 p = _point(seed, variables);
        (uint256 last, uint256 first) = Multilinear.ends(p, variables);
        assertEq(last, _weight(p, variables, (1 << variables) - 1));
        assertEq(first, _weight(p, variables, 0));
    }

    function testFuzzEqBelowSumsTheIndicesBelowN(uint256 seed) public pure {
        uint256 variables = seed % (MAX_VARIABLES + 1);
        uint256 p = _point(seed, variables);
        uint256 q = _point(~seed, variables);
        uint256 expected;
        for (uint256 n = 0; n <= 1 << variables; ++n) {
            assertEq(Multilinear.eqBelow(p, q, variables, n), expected);
            expected = addmod(expected, _both(p, q, variables, n, n), FR);
        }
    }

    function testFuzzBelowSumsTheIndicesBelowN(uint256 seed) public pure {
        uint256 variables = seed % (MAX_VARIABLES + 1);
        uint256 p = _point(seed, variables);
        uint256 expected;
        for (uint256 n = 0; n <= 1 << variables; ++n) {
            assertEq(Multilinear.below(p, variables, n), expected);
            expected = addmod(expected, _weight(p, variables, n), FR);
        }
    }

    function testFuzzSuccessorJoinsEachIndexWithTheNext(uint256 seed) public pure {
        uint256 variables = seed % (MAX_VARIABLES + 1);
        uint256 p = _point(seed, variables);
        uint256 q = _point(~seed, variables);
        uint256 expected;
        for (uint256 i = 0; i + 1 < 1 << variables; ++i) {
            expected = addmod(expected, _both(p, q, variables, i, i + 1), FR);
        }
        assertEq(Multilinear.successor(p, q, variables), expected);
    }

    function testFuzzIndexIsTheIndexWeighted(uint256 seed) public pure {
        uint256 variables = seed % (MAX_VARIABLES + 1);
        uint256 p = _point(seed, variables);
        uint256 expected;
        for (uint256 i = 0; i < 1 << variables; ++i) {
            expected = addmod(expected, mulmod(i, _weight(p, variables, i), FR), FR);
        }
        assertEq(Multilinear.index(p, variables), expected);
    }

    function testFuzzPowersAreGeometric(uint256 first, uint256 base, uint8 size) public pure {
        first %= FR;
        uint256 count = uint256(size) % 40;
        uint256 table = Multilinear.powers(first, base % FR, count);
        for (uint256 k = 0; k < count; ++k) {
            assertEq(table.at(k), first);
            first = mulmod(first, base, FR);
        }
    }
}
