// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    AggregatorRecord,
    CampaignProgress,
    CampaignState,
    CampaignTerms,
    Deadlines,
    DisputeRecord,
    Round,
    Seat
} from "../CampaignTypes.sol";
import {IDatasetRegistry} from "../IDatasetRegistry.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {ProtocolParameters} from "../ProtocolParameters.sol";
import {RewardToken} from "../RewardToken.sol";
import {G1Point} from "../verifier/VerifierTypes.sol";
import {CampaignStore} from "./CampaignStore.sol";

/// @title How what is stored of campaigns is read
abstract contract CampaignLedger is CampaignStore {
    /// @inheritdoc ITrainingCampaigns
    function campaign(uint256 campaignId) external view returns (CampaignTerms memory) {
        return _known(campaignId).terms;
    }

    /// @inheritdoc ITrainingCampaigns
    function progress(uint256 campaignId) external view returns (CampaignProgress memory current) {
        current = _known(campaignId).progress;
        current.state = state(campaignId);
    }

    /// @inheritdoc ITrainingCampaigns
    function deadlines(uint256 campaignId) external view returns (Deadlines memory result) {
        result.begin = _unixTime(_known(campaignId).progress.roundBegins);
        result.contribution = _unixTime(_contributionEnd(campaignId));
        result.dispute = _unixTime(_disputeBegin(campaignId));
        result.share = _unixTime(_shareEnd(campaignId));
        result.answer = _unixTime(_answerEnd(campaignId));
        result.aggregation = _unixTime(_aggregationEnd(campaignId));
    }

    /// @inheritdoc ITrainingCampaigns
    function aggregators(uint256 campaignId) external view returns (AggregatorRecord[] memory) {
        return _known(campaignId).aggregators;
    }

    /// @inheritdoc ITrainingCampaigns
    function testSets(uint256 campaignId) external view returns (bytes32[] memory) {
        return _known(campaignId).testSets;
    }

    /// @inheritdoc ITrainingCampaigns
    function round(uint256 campaignId, uint256 roundIndex) external view returns (Round memory) {
        return _known(campaignId).rounds[roundIndex];
    }

    /// @inheritdoc ITrainingCampaigns
    function shareSum(
        uint256 campaignId,
        uint256 roundIndex,
        uint256 aggregatorIndex
    ) external view returns (G1Point memory) {
        return _known(campaignId).shareSums[roundIndex][aggregatorIndex];
    }

    /// @inheritdoc ITrainingCampaigns
    function seat(uint256 campaignId, address provider) external view returns (Seat memory) {
        return _known(campaignId).seats[provider];
    }

    /// @inheritdoc ITrainingCampaigns
    function disputes(
        uint256 campaignId,
        uint256 roundIndex,
        address provider
    ) external view returns (DisputeRecord memory) {
        return _known(campaignId).disputes[roundIndex][provider];
    }

    /// @inheritdoc ITrainingCampaigns
    function campaignsOf(address provider) external view returns (uint256[] memory) {
        return _campaignsOf[provider];
    }

    /// @inheritdoc ITrainingCampaigns
    function claimable(address provider) external view returns (uint256 amount) {
        uint256[] storage joined = _campaignsOf[provider];
        for (uint256 i = 0; i < joined.length; ++i) amount += claimableIn(joined[i], provider);
    }

    /// @inheritdoc ITrainingCampaigns
    function registry() external view returns (IDatasetRegistry) {
        return REGISTRY;
    }

    /// @notice Setup and tables.
    function parameters() external view returns (ProtocolParameters) {
        return PARAMETERS;
    }

    /// @notice The token that rewards are minted in.
    function token() external view returns (RewardToken) {
        return TOKEN;
    }

    /// @notice Campaigns opened so far; they are numbered from 1.
    function campaigns() external view returns (uint256) {
        return _count;
    }

    /// @inheritdoc ITrainingCampaigns
    function claimableIn(uint256 campaignId, address provider) public view returns (uint256 amount) {
        return _claimablePoints(campaignId, provider) * _campaigns[campaignId].terms.rewardPerRow;
    }

    /// @return points of rounds that are over, and not yet paid
    function _claimablePoints(uint256 campaignId, address provider) internal view returns (uint256 points) {
        Seat storage taken = _campaigns[campaignId].seats[provider];
        CampaignProgress storage stored = _known(campaignId).progress;
        points = taken.points - taken.claimedPoints;
        // A round that is over is either behind the present one or has ended the campaign.
        bool inPresentRound = taken.nextRound == uint256(stored.round) + 1;
        if (stored.state != CampaignState.Open || !inPresentRound) return points;
        if (!_campaigns[campaignId].disputes[stored.round][provider].excluded) points -= taken.weight;
    }
}
