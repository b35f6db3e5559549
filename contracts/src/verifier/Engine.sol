// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Opening} from "./Opening.sol";
import {Pad} from "./Pad.sol";
import {ProofLayout} from "./ProofLayout.sol";
import {Ranges} from "./Ranges.sol";
import {Transcript} from "./Transcript.sol";
import {Shape, Verification} from "./Verification.sol";
import {Words} from "./Words.sol";

/// @title What every relation has in common before its own equations: a proof read and its challenges drawn
library Engine {
    /// @notice Checks the proof's form and replays its transcript.
    /// @param state the transcript's initial state, by `statementHash`
    /// @param statementPoints number of G1 points in the statement
    /// @param externals number of them that commit to external columns
    function start(
        Shape memory shape,
        bytes32 state,
        uint256 statementPoints,
        uint256 externals,
        bytes calldata proof
    ) internal view returns (Verification memory v) {
        ProofLayout.requireSupported(shape);
        v.shape = shape;
        v.layout = ProofLayout.locate(shape, proof);
        ProofLayout.requireCanonicalScalars(v.layout);
        v.challenges = Transcript.replay(state, shape, v.layout);
        Pad.prepare(v);
        Opening.prepare(v, externals);
        v.coefficients = Words.allocate(Opening.statementIndex(v) + statementPoints);
    }

    /// @notice keccak256(domain || statement): the transcript's initial state.
    /// @param statement calldata: `sizeBytes` bytes; words 1 and 2 are addresses in every relation
    /// @param account name of word 2
    function statementHash(
        bytes32 domain,
        uint256 statement,
        uint256 sizeBytes,
        bytes32 account
    ) internal pure returns (bytes32 result) {
        uint256 registry;
        uint256 holder;
        // Uses memory behind the free pointer, and leaves it free.
        assembly ("memory-safe") {
            registry := calldataload(add(statement, 0x20))
            holder := calldataload(add(statement, 0x40))
            let free := mload(0x40)
            mstore(free, domain)
            calldatacopy(add(free, 0x20), statement, sizeBytes)
            result := keccak256(free, add(sizeBytes, 0x20))
        }
        Ranges.requireWithin("registry", registry, 0, type(uint160).max);
        Ranges.requireWithin(account, holder, 0, type(uint160).max);
    }

    /// @notice As `statementHash`, of all the statement's words but one.
    /// @param omitted number of that word, behind both addresses
    function statementHashWithout(
        uint256 omitted,
        bytes32 domain,
        uint256 statement,
        uint256 sizeBytes,
        bytes32 account
    ) internal pure returns (bytes32 result) {
        // for its checks: the hash is not the one that is wanted
        statementHash(domain, statement, sizeBytes, account);
        // Uses memory behind the free pointer, and leaves it free.
        assembly ("memory-safe") {
            let free := mload(0x40)
            let head := shl(5, omitted)
            mstore(free, domain)
            calldatacopy(add(free, 0x20), statement, head)
            calldatacopy(add(add(free, 0x20), head), add(add(statement, 0x20), head), sub(sizeBytes, add(head, 0x20)))
            result := keccak256(free, sizeBytes)
        }
    }
}
