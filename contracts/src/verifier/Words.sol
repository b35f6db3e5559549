// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Words in memory, addressed by pointer
/// @dev Memory arrays of Solidity cannot be sliced, and the relations' points are slices of one another.
library Words {
    /// @notice Reserves `count` words; they hold whatever was there.
    /// @param count below 2^32: shapes are bounded long before
    function allocate(uint256 count) internal pure returns (uint256 pointer) {
        assembly ("memory-safe") {
            pointer := mload(0x40)
            mstore(0x40, add(pointer, shl(5, count)))
        }
    }

    /// @notice The word `index` places after `pointer`.
    function at(uint256 pointer, uint256 index) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := mload(add(pointer, shl(5, index)))
        }
    }

    /// @notice Sets the word `index` places after `pointer`, which must lie in reserved memory.
    function set(uint256 pointer, uint256 index, uint256 value) internal pure {
        assembly ("memory-safe") {
            mstore(add(pointer, shl(5, index)), value)
        }
    }

    /// @notice The pointer `index` words further.
    function skip(uint256 pointer, uint256 index) internal pure returns (uint256) {
        unchecked {
            // both far below 2^64
            return pointer + (index << 5);
        }
    }
}
