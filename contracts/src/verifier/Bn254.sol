// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IVerifierErrors} from "./IVerifierErrors.sol";

// Order of the groups, modulus of the scalars.
uint256 constant FR = 21888242871839275222246405745257275088548364400416034343698204186575808495617;

// Modulus of the coordinates.
uint256 constant FQ = 21888242871839275222246405745257275088696311157297823662689037894645226208583;

// Upper bound of the gas that one call of ecAdd (150), ecMul (6000) or modexp (below 4100) is given: a precompile that
// rejects its input burns all it is given.
uint256 constant SMALL_CALL_GAS = 100_000;

// The same for the pairing of three pairs (147,000).
uint256 constant PAIRING_CALL_GAS = 1_000_000;

/// @title BN254 by the EVM's precompiles (EIP-196, EIP-197, EIP-198)
/// @dev Pointers are byte offsets, in calldata or in memory as said. On a chain without the precompiles a call succeeds
/// and returns nothing: `inverse` and `pairingHolds` then fail, so that nothing is ever accepted there.
library Bn254 {
    /// Words that the sum at a pointer given to `addProducts` takes: the sum, a term, the term's scalar.
    uint256 internal constant SUM_WORDS = 5;

    /// Words of `pairingHolds`'s input.
    uint256 internal constant PAIRING_WORDS = 18;

    /// @notice Adds scalars[i] * points[i] to a sum; each term costs about 6,450 gas.
    /// @param sum memory: x, y of the sum, followed by three words of work space
    /// @param scalars memory: `count` words below FR
    /// @param points calldata: `count` points
    /// @return done `count`, or the number of points before the first that ecMul rejects
    function addProducts(
        uint256 sum,
        uint256 scalars,
        uint256 points,
        uint256 count
    ) internal view returns (uint256 done) {
        // Writes only to the sum's five words. ecMul's result replaces its input, ecAdd's the first summand.
        assembly ("memory-safe") {
            let term := add(sum, 0x40)
            for {} lt(done, count) {
                done := add(done, 1)
            } {
                calldatacopy(term, points, 0x40)
                mstore(add(sum, 0x80), mload(scalars))
                if iszero(staticcall(SMALL_CALL_GAS, 7, term, 0x60, term, 0x40)) {
                    break
                }
                if iszero(staticcall(SMALL_CALL_GAS, 6, sum, 0x80, sum, 0x40)) {
                    break
                }
                points := add(points, 0x40)
                scalars := add(scalars, 0x20)
            }
        }
    }

    /// @notice Adds scalar * generator to a sum laid out as for `addProducts`.
    function addGenerator(uint256 sum, uint256 scalar) internal view {
        bool done;
        assembly ("memory-safe") {
            let term := add(sum, 0x40)
            mstore(term, 1)
            mstore(add(sum, 0x60), 2)
            mstore(add(sum, 0x80), scalar)
            done := staticcall(SMALL_CALL_GAS, 7, term, 0x60, term, 0x40)
            done := and(done, staticcall(SMALL_CALL_GAS, 6, sum, 0x80, sum, 0x40))
        }
        if (!done) revert IVerifierErrors.PrecompileFailed(7);
    }

    /// @notice 1 / value mod FR, by Fermat's little theorem.
    /// @param value not 0 mod FR
    function inverse(uint256 value) internal view returns (uint256 result) {
        bool done;
        // Uses memory behind the free pointer, and leaves it free.
        assembly ("memory-safe") {
            let input := mload(0x40)
            mstore(input, 0x20)
            mstore(add(input, 0x20), 0x20)
            mstore(add(input, 0x40), 0x20)
            mstore(add(input, 0x60), value)
            mstore(add(input, 0x80), sub(FR, 2))
            mstore(add(input, 0xa0), FR)
            done := staticcall(SMALL_CALL_GAS, 5, input, 0xc0, input, 0x20)
            result := mload(input)
        }
        if (!done || mulmod(result, value, FR) != 1) revert IVerifierErrors.PrecompileFailed(5);
    }

    /// @notice The pairing product over three pairs.
    /// @param input memory: three times x, y of a point of G1 and the four words of a point of G2
    /// @return valid whether the precompile took the input: every point canonical, on its curve and in its group
    /// @return holds whether the product of the pairings is one
    function pairingHolds(uint256 input) internal view returns (bool valid, bool holds) {
        // Scratch space 0x00 takes the result; it is zeroed first.
        assembly ("memory-safe") {
            mstore(0, 0)
            valid := staticcall(PAIRING_CALL_GAS, 8, input, mul(PAIRING_WORDS, 0x20), 0, 0x20)
            holds := and(valid, eq(mload(0), 1))
        }
    }

    /// @notice Whether x and y are below FQ.
    function isCanonical(uint256 x, uint256 y) internal pure returns (bool) {
        return x < FQ && y < FQ;
    }

    /// @notice Whether canonical (x, y) is infinity or solves y^2 = x^3 + 3.
    function isOnCurve(uint256 x, uint256 y) internal pure returns (bool) {
        if (x == 0 && y == 0) return true;
        return mulmod(y, y, FQ) == addmod(mulmod(mulmod(x, x, FQ), x, FQ), 3, FQ);
    }
}
