// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICampaignErrors} from "../ICampaignErrors.sol";

/// @title Keys that shares and models are encrypted to: X25519 with ML-KEM-768
library EncryptionKeys {
    uint256 private constant ML_KEM_768_KEY_BYTES = 1184;

    /// @return hash keccak-256 of the ML-KEM-768 key
    function requireValid(
        address account,
        bytes32 x25519Key,
        bytes calldata mlKemKey
    ) internal pure returns (bytes32 hash) {
        if (x25519Key == 0 || mlKemKey.length != ML_KEM_768_KEY_BYTES) {
            revert ICampaignErrors.EncryptionKeyInvalid(account, x25519Key, mlKemKey.length);
        }
        return keccak256(mlKemKey);
    }
}
