// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PointShares} from "../../src/market/PointShares.sol";
import {TestBase} from "../TestBase.sol";

/// @title Shares by the point, over any points and amounts
contract PointSharesTest is TestBase {
    uint256 private constant HOLDERS = 6;

    /// Points of the largest campaign: 2^16 rounds of at most 2^32 rows.
    uint64 private constant POINTS_HIGHEST = 2 ** 48;

    struct Ledger {
        uint64[HOLDERS] points;
        uint256[HOLDERS] claimed;
        uint64 all;
        uint256 perPoint;
        uint64 carry;
        uint256 sum;
    }

    function testFuzzNothingIsLostAndNothingPaidTwice(
        uint64[HOLDERS] calldata holders,
        uint128[12] calldata amounts,
        uint8 shape
    ) external pure {
        Ledger memory ledger;
        (ledger.points, ledger.all) = _points(holders, shape);
        for (uint256 i = 0; i < amounts.length; ++i) {
            uint256 amount = _amount(amounts[i], i, shape);
            (uint256 grown, uint64 rest) = PointShares.divide(amount, ledger.carry, ledger.all);
            ledger.perPoint += grown;
            ledger.carry = rest;
            ledger.sum += amount;
            assertLe(uint256(rest) + 1, ledger.all);
            assertEq(PointShares.total(ledger.all, ledger.perPoint), ledger.sum);
            // modulo 2^256 on either side: no sum is 2^128 apart
            unchecked {
                assertEq(ledger.all * ledger.perPoint + rest, ledger.sum << 128);
            }
            _requireShares(ledger, uint256(shape) + i);
        }
    }

    /// Some of the holders claim, by turns.
    function _requireShares(Ledger memory ledger, uint256 turn) private pure {
        uint256 owed = 0;
        for (uint256 k = 0; k < HOLDERS; ++k) {
            uint256 earned = PointShares.earned(ledger.points[k], ledger.perPoint);
            // what was claimed stays earned, and nobody falls behind by more than a unit
            assertLe(ledger.claimed[k], earned);
            assertLe((ledger.sum / ledger.all) * ledger.points[k], earned + 1);
            if ((turn + k) % 3 == 0) ledger.claimed[k] = earned;
            owed += earned;
        }
        assertLe(owed, ledger.sum);
        assertLe(ledger.sum, owed + HOLDERS);
    }

    /// Few points, many, or one holder with nearly all of them.
    function _points(
        uint64[HOLDERS] calldata holders,
        uint8 shape
    ) private pure returns (uint64[HOLDERS] memory points, uint64 all) {
        uint64 highest = shape % 3 == 0 ? 5 : POINTS_HIGHEST / uint64(HOLDERS);
        for (uint256 k = 0; k < HOLDERS; ++k) {
            points[k] = uint64(bound(holders[k], 0, shape % 3 == 2 && k > 0 ? 1 : highest));
            all += points[k];
        }
        // one for each amount: a point can earn 2^128 base units
        (points[0], all) = (points[0] + 12, all + 12);
    }

    /// Any amount, small ones, or the highest.
    function _amount(uint128 amount, uint256 i, uint8 shape) private pure returns (uint256) {
        uint256 kind = (i + shape) % 3;
        if (kind == 0) return amount;
        return kind == 1 ? amount % 100 : type(uint128).max;
    }
}
