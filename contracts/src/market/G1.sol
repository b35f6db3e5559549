// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IShapeErrors} from "../IShapeErrors.sol";
import {FQ} from "../verifier/Bn254.sol";
import {G1Point} from "../verifier/VerifierTypes.sol";

/// @title Points of BN254's G1 that the contracts store and add up, by the precompiles of EIP-196
/// @dev The precompiles reject coordinates >= q and points off the curve, so whatever passes is canonical. On a chain
/// without them a call returns nothing, and is rejected too.
library G1 {
    /// A rejected input burns all the gas that the precompile is given: ecMul needs 6000, ecAdd 150.
    uint256 private constant CALL_GAS = 100_000;

    /// @notice Infinity, (0, 0), is a point.
    function requireValid(G1Point memory point) internal view {
        add(point, G1Point(0, 0));
    }

    /// @return sum of two points; reverts with `PointInvalid(a)` if either is not one
    function add(G1Point memory a, G1Point memory b) internal view returns (G1Point memory sum) {
        uint256[4] memory input = [a.x, a.y, b.x, b.y];
        bool done;
        // Reads the input's four words, writes the two of `sum`.
        assembly ("memory-safe") {
            done := staticcall(CALL_GAS, 6, input, 0x80, sum, 0x40)
            done := and(done, eq(returndatasize(), 0x40))
        }
        if (!done) revert IShapeErrors.PointInvalid(a.x, a.y);
    }

    /// @return difference a - b; reverts with `PointInvalid` if either is not a point
    function subtract(G1Point memory a, G1Point memory b) internal view returns (G1Point memory difference) {
        if (b.y >= FQ) revert IShapeErrors.PointInvalid(b.x, b.y);
        // -(x, y) = (x, -y), and infinity is (0, 0).
        return add(a, G1Point(b.x, b.y == 0 ? 0 : FQ - b.y));
    }

    /// @return product scalar * point
    function multiply(G1Point memory point, uint256 scalar) internal view returns (G1Point memory product) {
        uint256[3] memory input = [point.x, point.y, scalar];
        bool done;
        // Reads the input's three words, writes the two of `product`.
        assembly ("memory-safe") {
            done := staticcall(CALL_GAS, 7, input, 0x60, product, 0x40)
            done := and(done, eq(returndatasize(), 0x40))
        }
        if (!done) revert IShapeErrors.PointInvalid(point.x, point.y);
    }
}
