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
        assertEq(expected, time);
        for (uint256 i = 0; i < seconds_.length; ++i) {
            if (switches[i]) {
                if (clock.paused()) clock.unpause();
                else clock.pause();
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
