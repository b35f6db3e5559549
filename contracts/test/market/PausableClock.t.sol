// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PausableClock} from "../../src/market/PausableClock.sol";
import {TestBase} from "../TestBase.sol";

/// @title The clock alone
contract Clock is PausableClock {
    constructor() {
        _grantRole(PAUSER_ROLE, msg.sender);
    }

    function clock() external view returns (uint256) {
        return _clock();
    }

    function unixTime(uint256 clockTime) external view returns (uint256) {
        return _unixTime(clockTime);
    }
}

/// @title The clock counts the seconds that are not paused
contract PausableClockTest is TestBase {
    function testFuzzCountsUnpausedSeconds(uint32[12] calldata seconds_, bool[12] calldata switches) external {
        Clock clock = new Clock();
        uint256 time = 1_800_000_000;
        VM.warp(time);
        uint256 expected = clock.clock();
        uint256 deadline = expected + 1 days;
        (uint256 since, uint256 restsUntil) = (0, 0);
        assertEq(expected, time);
        for (uint256 i = 0; i < seconds_.length; ++i) {
            if (switches[i]) {
                if (clock.paused()) {
                    clock.unpause();
                    restsUntil = 2 * time - since;
                } else if (time < restsUntil) {
                    VM.expectRevert(abi.encodeWithSelector(PausableClock.PauseTooSoon.selector, restsUntil));
                    clock.pause();
                } else {
                    clock.pause();
                    since = time;
                }
            }
            assertEq(clock.clock(), expected);
            assertEq(clock.unixTime(deadline), deadline + time - expected);
            time += seconds_[i];
            if (!clock.paused()) expected += seconds_[i];
            VM.warp(time);
            assertEq(clock.clock(), expected);
            assertEq(clock.unixTime(deadline), deadline + time - expected);
        }
    }

    /// Whatever pausers do: 30 days and twice as long as a deadline is away, and it is reached.
    function testFuzzHoldsOffNoDeadlineForGood(uint16[40] calldata hours_) external {
        Clock clock = new Clock();
        uint256 start = 1_800_000_000;
        uint256 time = start;
        VM.warp(time);
        for (uint256 i = 0; i < hours_.length; ++i) {
            // at once, at the first second allowed
            clock.pause();
            uint256 length = bound(hours_[i], 0, 720) * 1 hours;
            VM.warp(time += length);
            clock.unpause();
            VM.warp(time += length);
            assertEq(2 * (clock.clock() - start), time - start);
        }
    }

    function testFuzzAnybodyEndsALongPause(uint32 length, address stranger) external {
        VM.assume(stranger != address(this));
        Clock clock = new Clock();
        VM.warp(1_800_000_000);
        clock.pause();
        uint256 until = 1_800_000_000 + clock.PAUSE_LIMIT_SECONDS();
        uint256 time = 1_800_000_000 + bound(length, 0, 60 days);
        VM.warp(time);
        if (time < until) VM.expectRevert(abi.encodeWithSelector(PausableClock.PauseNotOver.selector, until));
        VM.prank(stranger);
        clock.unpause();
        assertEq(clock.paused() ? 1 : 0, time < until ? 1 : 0);
    }
}
