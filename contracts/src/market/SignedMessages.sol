// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {NoncesKeyed} from "@openzeppelin/contracts/utils/NoncesKeyed.sol";
import {G1Point} from "../verifier/VerifierTypes.sol";
import {TypedMessages} from "./TypedMessages.sol";

/// @notice A signer's consent to one call, so that anybody can send the transaction and pay its gas.
struct Authorization {
    /// Next unused nonce of the signer in this contract: a key of 192 bits that the signer chooses (0 will do), then a
    /// counter of 64 bits. Messages under different keys do not wait for each other.
    uint256 nonce;
    /// Last second, as Unix time, at which the message is good.
    uint256 deadline;
    /// EIP-712 signature by the account's key (65 bytes), or whatever an ERC-1271 wallet accepts.
    bytes signature;
}

/// @title EIP-712 messages with nonce and deadline
abstract contract SignedMessages is TypedMessages, NoncesKeyed {
    /// @notice The message's deadline is over: sign a new one.
    error SignatureExpired(uint256 deadline, uint256 timestamp);

    /// @dev Uses up the nonce. `structHash` has to cover the authorization's nonce and deadline.
    function _requireSigned(address signer, bytes32 structHash, Authorization calldata authorization) internal {
        if (block.timestamp > authorization.deadline) {
            revert SignatureExpired(authorization.deadline, block.timestamp);
        }
        _useCheckedNonce(signer, authorization.nonce);
        _requireSignature(signer, structHash, authorization.signature);
    }

    /// @dev Of a message that can have its effect only once, so that it needs no nonce.
    function _requireSignature(address signer, bytes32 structHash, bytes calldata signature) internal view {
        bytes32 digest = _hashTypedDataV4(structHash);
        if (!SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature)) {
            revert SignatureRejected(signer, digest);
        }
    }

    /// @dev As EIP-712 hashes an array of structs.
    function _hashPoints(G1Point[] calldata points) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](points.length);
        for (uint256 i = 0; i < points.length; ++i) hashes[i] = _hashPoint(points[i]);
        return keccak256(abi.encodePacked(hashes));
    }
}
