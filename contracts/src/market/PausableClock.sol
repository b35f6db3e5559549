// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

/// @title A clock that stands still while the contract is paused
/// @notice Every deadline is a time of this clock, so a pause extends all of them by its length. After a pause the clock
/// runs at least as long as it stood still: pause upon pause, no deadline can be held off for good.
abstract contract PausableClock is AccessControl, Pausable {
    /// @notice May pause, and end a pause at any time.
    bytes32 public constant PAUSER_ROLE = keccak256("PAUSER_ROLE");
    /// @notice Seconds after which anybody may end a pause: lost keys lock nothing up.
    uint256 public constant PAUSE_LIMIT_SECONDS = 30 days;

    /// Unix time at which the present pause began, if there is one.
    uint40 private _pausedSince;
    /// Seconds of all pauses that are over.
    uint40 private _pausedSeconds;
    /// Unix time from which the next pause can begin.
    uint40 private _restsUntil;

    /// @notice Only a pauser may end the pause before `until`.
    error PauseNotOver(uint256 until);

    /// @notice The clock has not yet run as long as it stood still: the next pause can begin at `from`.
    error PauseTooSoon(uint256 from);

    /// @notice Stops the clock, and whatever would begin something or has to be done in time. Claims, refunds and what was due
    /// before go on.
    function pause() external onlyRole(PAUSER_ROLE) {
        if (block.timestamp < _restsUntil) revert PauseTooSoon(_restsUntil);
        _pausedSince = uint40(block.timestamp);
        _pause();
    }

    /// @notice Ends the pause: a pauser at any time, anybody after `PAUSE_LIMIT_SECONDS`.
    function unpause() external {
        uint256 until = _pausedSince + PAUSE_LIMIT_SECONDS;
        if (block.timestamp < until && !hasRole(PAUSER_ROLE, msg.sender)) revert PauseNotOver(until);
        _unpause();
        uint40 length = uint40(block.timestamp) - _pausedSince;
        _pausedSeconds += length;
        _restsUntil = uint40(block.timestamp) + length;
    }

    /// @return seconds of the clock: Unix time less all pauses
    function _clock() internal view returns (uint40) {
        return (paused() ? _pausedSince : uint40(block.timestamp)) - _pausedSeconds;
    }

    /// @return Unix time at which the clock will show `clockTime`, if no further second is paused
    function _unixTime(uint256 clockTime) internal view returns (uint256) {
        return clockTime + (block.timestamp - _clock());
    }
}
