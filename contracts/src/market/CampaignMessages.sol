// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Aggregator, AggregatorRecord, SeatRequest} from "../CampaignTypes.sol";
import {ICampaignErrors} from "../ICampaignErrors.sol";
import {G1Point} from "../verifier/VerifierTypes.sol";
import {Authorization, SignedMessages} from "./SignedMessages.sol";

/// @title The signed messages of campaigns
abstract contract CampaignMessages is SignedMessages {
    bytes32 private constant AGGREGATE_TYPE = keccak256(
        "Aggregate(address aggregator,address owner,bytes32 schemaHash,bytes32 x25519Key,bytes mlKemKey,"
        "uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant JOIN_TYPE = keccak256(
        "Join(uint256 campaignId,bytes32 datasetId,uint32 rowCap,bytes32 x25519Key,bytes mlKemKey,"
        "uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant CONTRIBUTE_TYPE = keccak256(
        "Contribute(uint256 campaignId,uint256 round,bytes32 datasetId,G1Point cOut,G1Point[] shares,"
        "bytes32 proofHash,uint256 nonce,uint256 deadline)"
        "G1Point(uint256 x,uint256 y)"
    );

    bytes32 private constant DISPUTE_TYPE = keccak256(
        "Dispute(uint256 campaignId,uint256 round,address provider,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant CLOSE_TYPE = keccak256(
        "Close(uint256 campaignId,uint256 round,G1Point cSum,G1Point cNext)"
        "G1Point(uint256 x,uint256 y)"
    );

    constructor() EIP712("zkML TrainingCampaigns", "1") {}

    /// @dev Every aggregator but the first, who is the sender, says that the keys are its own.
    function _requireConsents(
        Aggregator[] calldata aggregators,
        Authorization[] calldata consents,
        bytes32 schemaHash
    ) internal {
        if (consents.length != aggregators.length - 1) {
            revert ICampaignErrors.ConsentCount(consents.length, aggregators.length - 1);
        }
        for (uint256 i = 0; i < consents.length; ++i) {
            Aggregator calldata aggregator = aggregators[i + 1];
            bytes32 structHash = keccak256(
                abi.encode(
                    AGGREGATE_TYPE,
                    aggregator.account,
                    msg.sender,
                    schemaHash,
                    aggregator.x25519Key,
                    keccak256(aggregator.mlKemKey),
                    consents[i].nonce,
                    consents[i].deadline
                )
            );
            _requireSigned(aggregator.account, structHash, consents[i]);
        }
    }

    function _requireJoin(
        address provider,
        SeatRequest calldata request,
        Authorization calldata authorization
    ) internal {
        bytes32 structHash = keccak256(
            abi.encode(
                JOIN_TYPE,
                request.campaignId,
                request.datasetId,
                request.rowCap,
                request.x25519Key,
                keccak256(request.mlKemKey),
                authorization.nonce,
                authorization.deadline
            )
        );
        _requireSigned(provider, structHash, authorization);
    }

    function _requireContribute(
        address provider,
        uint256 campaignId,
        uint256 round,
        bytes32 datasetId,
        G1Point calldata cOut,
        G1Point[] calldata shares,
        bytes32 proofHash,
        Authorization calldata authorization
    ) internal {
        bytes32 structHash = keccak256(
            abi.encode(
                CONTRIBUTE_TYPE,
                campaignId,
                round,
                datasetId,
                _hashPoint(cOut),
                _hashPoints(shares),
                proofHash,
                authorization.nonce,
                authorization.deadline
            )
        );
        _requireSigned(provider, structHash, authorization);
    }

    function _requireDispute(
        address aggregator,
        uint256 campaignId,
        uint256 round,
        address provider,
        Authorization calldata authorization
    ) internal {
        bytes32 structHash = keccak256(
            abi.encode(DISPUTE_TYPE, campaignId, round, provider, authorization.nonce, authorization.deadline)
        );
        _requireSigned(aggregator, structHash, authorization);
    }

    /// @dev No nonce is used up: a round is closed once.
    function _requireClose(
        AggregatorRecord[] storage aggregators,
        uint256 campaignId,
        uint256 round,
        G1Point memory cSum,
        G1Point memory cNext,
        bytes[] calldata signatures
    ) internal view {
        uint256 count = aggregators.length;
        if (signatures.length != count) revert ICampaignErrors.SignatureCount(signatures.length, count);
        bytes32 structHash = keccak256(abi.encode(CLOSE_TYPE, campaignId, round, _hashPoint(cSum), _hashPoint(cNext)));
        for (uint256 i = 0; i < count; ++i) _requireSignature(aggregators[i].account, structHash, signatures[i]);
    }
}
