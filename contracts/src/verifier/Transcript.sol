// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// used in assembly only, which the rule does not see
// solhint-disable-next-line no-unused-import
import {FR} from "./Bn254.sol";
import {Challenges, Layout, Shape} from "./Verification.sol";
import {Words} from "./Words.sol";

/// @title The Fiat-Shamir transcript (docs/proof-system.md, section 3)
/// @dev The state is the first word of a buffer in memory; a message is copied behind it to be hashed with it.
library Transcript {
    /// @notice Replays the whole proof.
    /// @param state the initial state, which binds the statement
    function replay(
        bytes32 state,
        Shape memory shape,
        Layout memory layout
    ) internal pure returns (Challenges memory challenges) {
        // The state, and room for a message: none is longer than the proof without its last three points.
        uint256 buffer = Words.allocate(1 + (layout.last - layout.columns) / 32);
        Words.set(buffer, 0, uint256(state));
        _columns(buffer, challenges, shape, layout);
        _sumchecks(buffer, challenges, shape, layout);
        _opening(buffer, challenges, layout, 64 * (2 + shape.n2));
    }

    /// Messages 1 to 3.
    function _columns(
        uint256 buffer,
        Challenges memory challenges,
        Shape memory shape,
        Layout memory layout
    ) private pure {
        challenges.columns = Words.allocate(shape.phase1Challenges + shape.phase2Challenges);
        uint256 phase2 = layout.columns + 64 * (3 + shape.phase1Points);
        absorb(buffer, layout.columns, phase2 - layout.columns);
        _draw(buffer, challenges.columns, shape.phase1Challenges);
        absorb(buffer, phase2, layout.hidden - phase2);
        _draw(buffer, Words.skip(challenges.columns, shape.phase1Challenges), shape.phase2Challenges);
        absorb(buffer, layout.hidden, layout.s1 - layout.hidden);
        challenges.gamma = draw(buffer);
    }

    /// Messages 4 to 6.
    function _sumchecks(
        uint256 buffer,
        Challenges memory challenges,
        Shape memory shape,
        Layout memory layout
    ) private pure {
        challenges.r = Words.allocate(shape.n1);
        _rounds(buffer, layout.s1, 128, challenges.r, shape.n1);
        absorb(buffer, layout.values, layout.s2 - layout.values);
        challenges.lambda = draw(buffer);
        challenges.u = Words.allocate(shape.n2);
        _rounds(buffer, layout.s2, 64, challenges.u, shape.n2);
    }

    /// Messages 7 to 12. `delta`, the last one, is not absorbed: everything before determines it.
    function _opening(
        uint256 buffer,
        Challenges memory challenges,
        Layout memory layout,
        uint256 quotientsBytes
    ) private pure {
        uint256 position = layout.opening;
        absorb(buffer, position, quotientsBytes);
        challenges.eta = draw(buffer);
        position += quotientsBytes;
        absorb(buffer, position, 64);
        challenges.kappa = draw(buffer);
        absorb(buffer, position + 64, 64);
        challenges.y = draw(buffer);
        absorb(buffer, position + 128, 64);
        challenges.x = draw(buffer);
        absorb(buffer, layout.evaluations, 64);
        challenges.z = draw(buffer);
        absorb(buffer, layout.last, 128);
        challenges.w = draw(buffer);
    }

    /// @notice state = keccak256(state || message).
    /// @param buffer memory: the state, and room for the message behind it
    /// @param message calldata
    function absorb(uint256 buffer, uint256 message, uint256 sizeBytes) internal pure {
        // Writes the buffer, which has room for every message.
        assembly ("memory-safe") {
            calldatacopy(add(buffer, 0x20), message, sizeBytes)
            mstore(buffer, keccak256(buffer, add(sizeBytes, 0x20)))
        }
    }

    /// @notice state = keccak256(state); the challenge is the state mod FR.
    function draw(uint256 buffer) internal pure returns (uint256 challenge) {
        assembly ("memory-safe") {
            challenge := keccak256(buffer, 0x20)
            mstore(buffer, challenge)
            challenge := mod(challenge, FR)
        }
    }

    /// Draws `count` challenges, lowest variable first, to the words at `target`.
    function _draw(uint256 buffer, uint256 target, uint256 count) private pure {
        // Writes the buffer's state and the reserved words at `target`.
        assembly ("memory-safe") {
            for {
                let end := add(target, shl(5, count))
            } lt(target, end) {
                target := add(target, 0x20)
            } {
                let state := keccak256(buffer, 0x20)
                mstore(buffer, state)
                mstore(target, mod(state, FR))
            }
        }
    }

    /// Absorbs `count` messages of `sizeBytes` and draws a challenge after each: the highest variable's comes first.
    function _rounds(uint256 buffer, uint256 message, uint256 sizeBytes, uint256 target, uint256 count) private pure {
        // `absorb` and `draw` in one; writes the buffer and the reserved words at `target`.
        assembly ("memory-safe") {
            let tail := add(buffer, 0x20)
            for {
                let place := add(target, shl(5, count))
            } gt(place, target) {} {
                place := sub(place, 0x20)
                calldatacopy(tail, message, sizeBytes)
                mstore(buffer, keccak256(buffer, add(sizeBytes, 0x20)))
                let state := keccak256(buffer, 0x20)
                mstore(buffer, state)
                mstore(place, mod(state, FR))
                message := add(message, sizeBytes)
            }
        }
    }
}
