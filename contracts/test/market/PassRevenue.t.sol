// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PassRevenue, Revenue} from "../../src/market/PassRevenue.sol";
import {TestBase} from "../TestBase.sol";

/// @title A pass pays the same in whatever steps it is redeemed
contract PassRevenueTest is TestBase {
    function testFuzzStepsDoNotMatter(
        uint128 price,
        uint32 queries,
        uint32[8] calldata counts,
        uint16 fee,
        uint16 ownerShare,
        bool small
    ) external pure {
        if (small) price %= 1000;
        queries = uint32(bound(queries, 1, small ? 50 : type(uint32).max));
        fee = uint16(bound(fee, 0, 1000));
        ownerShare = uint16(bound(ownerShare, 0, 9999));
        Revenue memory before = PassRevenue.upTo(price, queries, 0, fee, ownerShare);
        _requireSum(before);
        assertEq(before.released, 0);
        Revenue memory sum;
        uint32 count = 0;
        for (uint256 i = 0; i <= counts.length; ++i) {
            // to the end at last
            uint32 left = queries - count;
            count += i == counts.length ? left : uint32(counts[i] % (uint256(left) + 1));
            Revenue memory present = PassRevenue.upTo(price, queries, count, fee, ownerShare);
            // an amount that fell would make this fail
            Revenue memory step = PassRevenue.since(present, before);
            _requireSum(step);
            sum.released += step.released;
            sum.fee += step.fee;
            sum.owner += step.owner;
            sum.contributors += step.contributors;
            assertEq(PassRevenue.released(price, queries, count), sum.released);
            before = present;
        }
        assertEq(sum.released, price);
        Revenue memory atOnce = PassRevenue.upTo(price, queries, queries, fee, ownerShare);
        assertEq(sum.fee, atOnce.fee);
        assertEq(sum.owner, atOnce.owner);
        assertEq(sum.contributors, atOnce.contributors);
        assertLe(sum.fee, price / 10);
    }

    function _requireSum(Revenue memory revenue) private pure {
        assertEq(revenue.fee + revenue.owner + revenue.contributors, revenue.released);
    }
}
