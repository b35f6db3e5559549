// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Takes anything for a proof of anything, whichever verifier is asked: for tests of what surrounds the proofs
contract AcceptingVerifier {
    /// Every verifier's answer to a valid proof: none.
    fallback(bytes calldata) external returns (bytes memory) {
        return "";
    }
}
