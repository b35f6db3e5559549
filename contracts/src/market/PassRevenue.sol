// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What a pass releases, base units.
struct Revenue {
    /// The sum of the others.
    uint256 released;
    uint256 fee;
    uint256 owner;
    uint256 contributors;
}

/// @title How a pass's price is divided
/// @notice Every amount is a function of the rows asked so far, rounded once, which never falls when they grow: however often it is
/// redeemed, and in whatever steps, the same is paid in the end. What rounding cuts off goes to the contributors.
library PassRevenue {
    uint256 private constant BASIS = 10_000;

    /// @notice All that `count` rows release.
    /// @param count at most `queries`
    /// @param feeBasisPoints of what is released
    /// @param ownerBasisPoints of the rest
    function upTo(
        uint128 price,
        uint32 queries,
        uint32 count,
        uint16 feeBasisPoints,
        uint16 ownerBasisPoints
    ) internal pure returns (Revenue memory revenue) {
        revenue.released = released(price, queries, count);
        // No overflow: 128 and 16 bits.
        revenue.fee = (revenue.released * feeBasisPoints) / BASIS;
        uint256 rest = revenue.released - revenue.fee;
        revenue.owner = (rest * ownerBasisPoints) / BASIS;
        revenue.contributors = rest - revenue.owner;
    }

    /// @notice What `count` rows take out of escrow.
    function released(uint128 price, uint32 queries, uint32 count) internal pure returns (uint256) {
        // No overflow: 128 and 32 bits.
        return (uint256(price) * count) / queries;
    }

    /// @notice What the rows after those of `earlier` release.
    function since(Revenue memory later, Revenue memory earlier) internal pure returns (Revenue memory) {
        return
            Revenue(
                later.released - earlier.released,
                later.fee - earlier.fee,
                later.owner - earlier.owner,
                later.contributors - earlier.contributors
            );
    }
}
