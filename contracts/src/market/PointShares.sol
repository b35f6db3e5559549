// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title What is earned together, kept by the point
/// @notice Amounts a point have 128 fractional bits, and what a division leaves is carried on:
/// `points * perPoint + carry = 2^128 * (all that was earned)`, to the last bit. A holder of `p` of the points has earned
/// `floor(p * perPoint / 2^128)`: together never more than was paid, and at most a base unit each less than its part, which later
/// amounts make up for.
library PointShares {
    uint256 private constant ONE = 2 ** 128;

    /// @param amount base units, below 2^128
    /// @param carry what the division before left
    /// @param points at least 1
    /// @return perPoint by how much the amount a point grows
    /// @return rest the next carry, below `points`
    function divide(uint256 amount, uint64 carry, uint64 points) internal pure returns (uint256 perPoint, uint64 rest) {
        // No overflow: the carry is below 2^64.
        uint256 divided = amount * ONE + carry;
        perPoint = divided / points;
        // No overflow: below the points.
        rest = uint64(divided % points);
    }

    /// @return amount base units that a holder has earned: no product overflows, whatever was earned
    function earned(uint64 points, uint256 perPoint) internal pure returns (uint256 amount) {
        return Math.mulDiv(points, perPoint, ONE);
    }

    /// @param points all of them
    /// @return amount base units that all holders have earned. Rounding up is exact: the carry is below 2^128
    function total(uint64 points, uint256 perPoint) internal pure returns (uint256 amount) {
        return Math.mulDiv(points, perPoint, ONE, Math.Rounding.Ceil);
    }
}
