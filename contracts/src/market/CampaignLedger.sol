// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    AggregatorRecord,
    Campaign,
    CampaignProgress,
    CampaignState,
    CampaignTerms,
    Deadlines,
    Round,
    Seat
} from "../CampaignTypes.sol";
import {CommittedData, IDatasetRegistry} from "../IDatasetRegistry.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {ProtocolParameters, TrainingParameters} from "../ProtocolParameters.sol";
import {RewardToken} from "../RewardToken.sol";
import {G1Point, TrainStatement} from "../verifier/VerifierTypes.sol";
import {PausableClock} from "./PausableClock.sol";

/// @title What is stored of campaigns, and how it is read
abstract contract CampaignLedger is ITrainingCampaigns, PausableClock {
    IDatasetRegistry internal immutable REGISTRY;
    ProtocolParameters internal immutable PARAMETERS;
    RewardToken internal immutable TOKEN;

    /// Number of campaigns; the first is number 1.
    uint256 internal _count;
    mapping(uint256 campaignId => Campaign) internal _campaigns;
    mapping(address provider => uint256[] campaignIds) internal _campaignsOf;

    /// @param registry_ brings the parameters with it
    constructor(IDatasetRegistry registry_, RewardToken token_) {
        REGISTRY = registry_;
        PARAMETERS = registry_.parameters();
        TOKEN = token_;
    }

    /// @inheritdoc ITrainingCampaigns
    function trainStatement(
        uint256 campaignId,
        uint256 roundIndex,
        bytes32 datasetId,
        G1Point calldata cOut
    ) external view returns (TrainStatement memory) {
        CampaignProgress storage stored = _known(campaignId).progress;
        bool begun = roundIndex < stored.round || (roundIndex == stored.round && _clock() >= stored.roundBegins);
        if (!begun) revert NotPresentRound(campaignId, roundIndex, stored.round);
        CommittedData memory data = REGISTRY.committedData(datasetId);
        if (_campaigns[campaignId].seats[data.provider].datasetId != datasetId) revert NoSeat(campaignId, datasetId);
        return _trainStatement(campaignId, roundIndex, data, cOut);
    }

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
        CampaignTerms storage terms = _known(campaignId).terms;
        result.begin = _unixTime(_campaigns[campaignId].progress.roundBegins);
        result.contribution = result.begin + terms.contributionSeconds;
        result.share = result.contribution + terms.shareSeconds;
        result.answer = result.share + terms.answerSeconds;
        result.aggregation = result.answer + terms.aggregationSeconds;
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
    function campaignsOf(address provider) external view returns (uint256[] memory) {
        return _campaignsOf[provider];
    }

    /// @inheritdoc ITrainingCampaigns
    function claimable(address provider) external view returns (uint256 amount) {
        uint256[] storage joined = _campaignsOf[provider];
        for (uint256 i = 0; i < joined.length; ++i) amount += claimableIn(joined[i], provider);
    }

    /// @notice The registry of the data sets.
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
    function state(uint256 campaignId) public view returns (CampaignState) {
        Campaign storage known = _known(campaignId);
        CampaignProgress storage stored = known.progress;
        if (stored.state != CampaignState.Open || _clock() < stored.roundBegins) return stored.state;
        return stored.seats < known.terms.minProviders ? CampaignState.Open : CampaignState.Running;
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
        if (stored.state == CampaignState.Open && inPresentRound) points -= taken.weight;
    }

    /// @dev The caller has checked that the data set has a seat.
    function _trainStatement(
        uint256 campaignId,
        uint256 roundIndex,
        CommittedData memory data,
        G1Point calldata cOut
    ) internal view returns (TrainStatement memory statement) {
        CampaignTerms storage terms = _campaigns[campaignId].terms;
        Seat storage taken = _campaigns[campaignId].seats[data.provider];
        TrainingParameters memory fixedByProtocol = PARAMETERS.training(terms.kind, terms.b);
        statement.chainId = block.chainid;
        statement.registry = address(this);
        statement.contributor = data.provider;
        statement.taskId = campaignId;
        statement.round = roundIndex;
        statement.lb = terms.lb;
        statement.li = taken.li;
        statement.lk = terms.lk;
        statement.lt = terms.lt;
        statement.steps = terms.steps;
        statement.b = terms.b;
        statement.fp = fixedByProtocol.fp;
        statement.c = taken.c;
        statement.d = _campaigns[campaignId].progress.d;
        statement.cTable = fixedByProtocol.cTable;
        statement.cX = data.cX;
        statement.cY = data.cY;
        statement.cIn = _campaigns[campaignId].rounds[roundIndex].model;
        statement.cOut = cOut;
        statement.tau2 = fixedByProtocol.tau2;
        statement.xi2 = fixedByProtocol.xi2;
    }

    function _known(uint256 campaignId) internal view returns (Campaign storage known) {
        known = _campaigns[campaignId];
        if (known.progress.state == CampaignState.None) revert CampaignUnknown(campaignId);
    }

    function _requireState(uint256 campaignId, CampaignState expected) internal view {
        CampaignState actual = state(campaignId);
        if (actual != expected) revert WrongState(campaignId, actual, expected);
    }
}
