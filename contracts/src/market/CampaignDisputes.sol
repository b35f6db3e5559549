// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregatorRecord, Commitments, ShareOpening} from "../CampaignTypes.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {CampaignRounds} from "./CampaignRounds.sol";
import {Contributions} from "./Contributions.sol";
import {ShareDisputes} from "./ShareDisputes.sol";
import {Authorization} from "./SignedMessages.sol";

/// @title Disputes about shares: when they are raised, answered, and what follows if they are not
abstract contract CampaignDisputes is CampaignRounds {
    /// An ephemeral X25519 key, an ML-KEM-768 ciphertext, header and tag.
    uint256 private constant ENVELOPE_OVERHEAD_BYTES = 1200;
    /// Room for what an ERC-1271 wallet takes.
    uint256 private constant SIGNATURE_HIGHEST_BYTES = 4096;

    /// @inheritdoc ITrainingCampaigns
    function publishShare(
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        uint256 aggregatorIndex,
        bytes calldata envelope,
        bytes calldata signature
    ) external {
        _requirePresentRound(campaignId, roundIndex);
        uint256 features = 1 << _campaigns[campaignId].terms.lk;
        _requireAtMost("envelope", envelope.length, 32 * (features + 1) + ENVELOPE_OVERHEAD_BYTES);
        _requireAtMost("signature", signature.length, SIGNATURE_HIGHEST_BYTES);
        emit SharePublished(campaignId, roundIndex, provider, aggregatorIndex, envelope, signature);
    }

    /// @inheritdoc ITrainingCampaigns
    function disputeShare(
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        uint256 aggregatorIndex,
        Authorization calldata authorization
    ) external whenNotPaused {
        _requirePresentRound(campaignId, roundIndex);
        _requireReached(campaignId, _disputeBegin(campaignId));
        _requireBefore(campaignId, _shareEnd(campaignId));
        // What is not going to be averaged need not be revealed.
        _requireEnough(campaignId, roundIndex, _campaigns[campaignId].rounds[roundIndex]);
        AggregatorRecord[] storage all = _campaigns[campaignId].aggregators;
        if (aggregatorIndex >= all.length) revert AggregatorUnknown(campaignId, aggregatorIndex, all.length);
        _requireDispute(all[aggregatorIndex].account, campaignId, roundIndex, provider, authorization);
        ShareDisputes.raise(_campaigns[campaignId], campaignId, roundIndex, provider, aggregatorIndex);
    }

    /// @inheritdoc ITrainingCampaigns
    function revealShare(
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        Commitments calldata commitments,
        ShareOpening calldata opening
    ) external whenNotPaused {
        _requirePresentRound(campaignId, roundIndex);
        _requireBefore(campaignId, _answerEnd(campaignId));
        ShareDisputes.answer(
            _campaigns[campaignId],
            campaignId,
            roundIndex,
            provider,
            commitments,
            opening,
            PARAMETERS
        );
    }

    /// @inheritdoc ITrainingCampaigns
    function exclude(
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        Commitments calldata commitments
    ) external {
        _requirePresentRound(campaignId, roundIndex);
        _requireReached(campaignId, _answerEnd(campaignId));
        uint256 burned = Contributions.exclude(_campaigns[campaignId], campaignId, roundIndex, provider, commitments);
        if (burned != 0) TOKEN.burn(burned);
    }

    function _requireAtMost(bytes32 part, uint256 actualBytes, uint256 highestBytes) private pure {
        if (actualBytes > highestBytes) revert PublishedTooLong(part, actualBytes, highestBytes);
    }
}
