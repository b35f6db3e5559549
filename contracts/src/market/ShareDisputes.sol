// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Campaign, Commitments, DisputeRecord, ShareOpening} from "../CampaignTypes.sol";
import {ICampaignErrors} from "../ICampaignErrors.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {ProtocolParameters} from "../ProtocolParameters.sol";
import {G1Point} from "../verifier/VerifierTypes.sol";
import {Contributions} from "./Contributions.sol";
import {G1} from "./G1.sol";
import {ShareProof} from "./ShareProof.sol";

/// @title How shares are disputed and answered
/// @dev Deployed once and linked: TrainingCampaigns calls it on its own storage, after it has checked round, time and signature.
library ShareDisputes {
    /// @notice Notes that an aggregator disputes its share of a contribution to the present round.
    /// @param aggregatorIndex of an aggregator that there is
    function raise(
        Campaign storage campaign,
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        uint256 aggregatorIndex
    ) external {
        DisputeRecord storage record = campaign.disputes[roundIndex][provider];
        if (campaign.seats[provider].nextRound != roundIndex + 1 || record.excluded) {
            revert ICampaignErrors.NoContribution(campaignId, roundIndex, provider);
        }
        // No overflow: there are at most 8 aggregators.
        uint8 bit = uint8(1 << aggregatorIndex);
        if (record.raised & bit != 0) {
            revert ICampaignErrors.AlreadyDisputed(campaignId, roundIndex, provider, aggregatorIndex);
        }
        if (record.open == 0) ++campaign.rounds[roundIndex].inDispute;
        (record.raised, record.open) = (record.raised | bit, record.open | bit);
        emit ITrainingCampaigns.ShareDisputed(campaignId, roundIndex, provider, aggregatorIndex);
    }

    /// @notice Checks a share in clear against its commitment and settles the dispute about it.
    function answer(
        Campaign storage campaign,
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        Commitments calldata commitments,
        ShareOpening calldata opening,
        ProtocolParameters parameters
    ) external {
        DisputeRecord storage record = campaign.disputes[roundIndex][provider];
        uint256 index = opening.aggregatorIndex;
        // A shift beyond the width gives 0.
        uint256 bit = 1 << index;
        if (record.open & bit == 0) revert ICampaignErrors.NotDisputed(campaignId, roundIndex, provider, index);
        bytes32 commitmentsHash = Contributions.requireCommitments(campaign.seats[provider], provider, commitments);
        uint256 length = 1 << campaign.terms.lk;
        if (opening.values.length != length) revert ICampaignErrors.ShareLength(opening.values.length, length);
        bytes32 context = ShareProof.context(campaignId, roundIndex, provider, index, commitmentsHash);
        G1Point memory commitment = _commitment(commitments, index);
        if (!ShareProof.opens(commitment, context, opening, parameters.tau2(), parameters.xi2())) {
            revert ICampaignErrors.ShareOpeningFalse(provider, index);
        }
        // No overflow: the bit is one of the eight.
        record.open ^= uint8(bit);
        if (record.open == 0) --campaign.rounds[roundIndex].inDispute;
        emit ITrainingCampaigns.ShareRevealed(campaignId, roundIndex, provider, index, opening.values, opening.blinder);
    }

    /// S_k: sent for all aggregators but the last, and C_out less all of these for the last.
    function _commitment(
        Commitments calldata commitments,
        uint256 index
    ) private view returns (G1Point memory commitment) {
        if (index < commitments.shares.length) return commitments.shares[index];
        commitment = commitments.cOut;
        for (uint256 i = 0; i < commitments.shares.length; ++i) {
            commitment = G1.subtract(commitment, commitments.shares[i]);
        }
    }
}
