// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {G1Point} from "../verifier/VerifierTypes.sol";

/// @title What all EIP-712 messages of the contracts have in common
abstract contract TypedMessages is EIP712 {
    bytes32 private constant G1_POINT_TYPE = keccak256("G1Point(uint256 x,uint256 y)");

    /// @notice `signer` has not signed this message for this contract on this chain.
    /// @param digest what should have been signed
    error SignatureRejected(address signer, bytes32 digest);

    function _hashPoint(G1Point memory point) internal pure returns (bytes32) {
        return keccak256(abi.encode(G1_POINT_TYPE, point.x, point.y));
    }
}
