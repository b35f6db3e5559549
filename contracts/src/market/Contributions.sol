// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Campaign, Commitments, DisputeRecord, Round, Seat} from "../CampaignTypes.sol";
import {ICampaignErrors} from "../ICampaignErrors.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {G1Point} from "../verifier/VerifierTypes.sol";
import {G1} from "./G1.sol";

/// @title How a contribution is added to its round, and taken out again
/// @dev Deployed once and linked: TrainingCampaigns calls it on its own storage, after its checks, and mints or burns the
/// reward. What `exclude` takes away is exactly what `record` added: the weight of a seat never changes.
library Contributions {
    /// @notice Adds a verified contribution to the present round.
    /// @return weight rows that it counts for
    function record(
        Campaign storage campaign,
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        G1Point calldata cOut,
        G1Point[] calldata shares,
        bytes32 proofHash
    ) external returns (uint32 weight) {
        Seat storage seat = campaign.seats[provider];
        weight = seat.weight;
        // No overflow: rounds are below 2^16, weights below 2^32 and in sum at most 2^32.
        seat.nextRound = uint16(roundIndex + 1);
        seat.points += weight;
        seat.commitmentsHash = keccak256(abi.encode(cOut, shares));
        Round storage current = campaign.rounds[roundIndex];
        current.sum = G1.add(current.sum, G1.multiply(cOut, weight));
        current.weightTotal += weight;
        ++current.contributors;
        mapping(uint256 => G1Point) storage sums = campaign.shareSums[roundIndex];
        for (uint256 i = 0; i < shares.length; ++i) sums[i] = G1.add(sums[i], G1.multiply(shares[i], weight));
        emit ITrainingCampaigns.ContributionVerified(
            campaignId,
            roundIndex,
            provider,
            seat.datasetId,
            weight,
            cOut,
            shares,
            proofHash
        );
    }

    /// @notice Takes a contribution with an open dispute out of the present round.
    /// @return rewardBurned base units that were minted for it, for the caller to burn
    function exclude(
        Campaign storage campaign,
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        Commitments calldata commitments
    ) external returns (uint256 rewardBurned) {
        DisputeRecord storage disputes = campaign.disputes[roundIndex][provider];
        if (disputes.open == 0) revert ICampaignErrors.NoDisputeOpen(campaignId, roundIndex, provider);
        Seat storage seat = campaign.seats[provider];
        requireCommitments(seat, provider, commitments);
        (disputes.open, disputes.excluded) = (0, true);
        uint32 weight = seat.weight;
        seat.points -= weight;
        Round storage current = campaign.rounds[roundIndex];
        current.sum = G1.subtract(current.sum, G1.multiply(commitments.cOut, weight));
        current.weightTotal -= weight;
        --current.contributors;
        --current.inDispute;
        // What is burned stays spent: the end of the campaign does not return it.
        campaign.progress.excludedPoints += weight;
        mapping(uint256 => G1Point) storage sums = campaign.shareSums[roundIndex];
        for (uint256 i = 0; i < commitments.shares.length; ++i) {
            sums[i] = G1.subtract(sums[i], G1.multiply(commitments.shares[i], weight));
        }
        rewardBurned = uint256(weight) * campaign.terms.rewardPerRow;
        emit ITrainingCampaigns.ContributorExcluded(
            campaignId,
            roundIndex,
            provider,
            seat.datasetId,
            weight,
            rewardBurned
        );
    }

    /// @notice Reverts unless these are the commitments of the seat's last contribution.
    /// @return hash of the commitments
    function requireCommitments(
        Seat storage seat,
        address provider,
        Commitments calldata commitments
    ) internal view returns (bytes32 hash) {
        hash = keccak256(abi.encode(commitments.cOut, commitments.shares));
        if (hash != seat.commitmentsHash) {
            revert ICampaignErrors.CommitmentsDiffer(provider, hash, seat.commitmentsHash);
        }
    }
}
