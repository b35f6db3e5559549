// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IInferenceMarket} from "../IInferenceMarket.sol";
import {Receipt} from "../InferenceTypes.sol";
import {InferenceStore} from "./InferenceStore.sol";
import {TypedMessages} from "./TypedMessages.sol";

/// @title The signed messages of the sale of inference
/// @dev None needs a nonce: a count is redeemed once, and a receipt names its query.
abstract contract InferenceMessages is InferenceStore, TypedMessages {
    bytes32 private constant QUERY_TYPE = keccak256(
        "Query(uint256 modelId,uint256 passId,uint32 count,bytes32 inputsHash,uint256 deadline)"
    );
    bytes32 private constant RECEIPT_TYPE = keccak256(
        "Receipt(uint256 modelId,uint256 passId,uint32 count,bytes32 queryId,uint16 version,uint8 lq,"
        "G1Point cX,G1Point cP,uint256 proofDeadline)"
        "G1Point(uint256 x,uint256 y)"
    );

    constructor() EIP712("zkML InferenceMarket", "1") {}

    /// @inheritdoc IInferenceMarket
    function receiptDigest(Receipt calldata receipt) external view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        RECEIPT_TYPE,
                        receipt.modelId,
                        receipt.passId,
                        receipt.count,
                        receipt.queryId,
                        receipt.version,
                        receipt.lq,
                        _hashPoint(receipt.cX),
                        _hashPoint(receipt.cP),
                        receipt.proofDeadline
                    )
                )
            );
    }

    /// @inheritdoc IInferenceMarket
    function queryDigest(
        uint256 passId,
        uint32 count,
        bytes32 inputsHash,
        uint256 deadline
    ) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(abi.encode(QUERY_TYPE, _known(passId).modelId, passId, count, inputsHash, deadline))
            );
    }

    /// @dev A key's own signature counts whether its account has code or not: else a buyer could delegate the account's code
    /// (EIP-7702) once it has its answers, and so take back what it signed for them.
    function _requireSessionKey(address sessionKey, bytes32 digest, bytes calldata signature) internal view {
        (address recovered, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == sessionKey) return;
        if (!SignatureChecker.isValidERC1271SignatureNowCalldata(sessionKey, digest, signature)) {
            revert SignatureRejected(sessionKey, digest);
        }
    }
}
