// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {
    Aggregator,
    Campaign,
    CampaignProgress,
    CampaignState,
    CampaignTerms,
    Seat,
    SeatRequest
} from "./CampaignTypes.sol";
import {CommittedData, Dataset, IDatasetRegistry} from "./IDatasetRegistry.sol";
import {ITrainingCampaigns} from "./ITrainingCampaigns.sol";
import {CampaignDisputes} from "./market/CampaignDisputes.sol";
import {CampaignLedger} from "./market/CampaignLedger.sol";
import {CampaignOpening} from "./market/CampaignOpening.sol";
import {CampaignRounds} from "./market/CampaignRounds.sol";
import {CampaignStore} from "./market/CampaignStore.sol";
import {Contributions} from "./market/Contributions.sol";
import {Governed} from "./market/Governed.sol";
import {SeatAdmission} from "./market/SeatAdmission.sol";
import {Authorization} from "./market/SignedMessages.sol";
import {RewardToken} from "./RewardToken.sol";
import {IAggregationVerifier} from "./verifier/IAggregationVerifier.sol";
import {ITrainingVerifier} from "./verifier/ITrainingVerifier.sol";
import {G1Point} from "./verifier/VerifierTypes.sol";

/// @title Training campaigns: seats, contributions and rewards
/// @dev Storage is in CampaignStore, what is read of it in CampaignLedger and CampaignStatements, signed messages in
/// CampaignMessages, the rest of a round's life in CampaignDisputes and CampaignRounds. For the sake of the code's size the
/// libraries CampaignOpening, SeatAdmission, Contributions and ShareDisputes are linked. The contract creates the reward token,
/// whose only minter it is; what it holds of it is the rewards not yet claimed, and what anybody may have sent it.
contract TrainingCampaigns is CampaignLedger, CampaignDisputes, ReentrancyGuardTransient {
    using SafeERC20 for RewardToken;

    ITrainingVerifier private immutable VERIFIER;

    /// @param governance grants budgets and roles, and pauses: a timelock in production
    /// @param registry_ brings the parameters with it
    constructor(
        address governance,
        IDatasetRegistry registry_,
        ITrainingVerifier verifier_,
        IAggregationVerifier aggregationVerifier_
    )
        CampaignStore(registry_, new RewardToken(address(this)))
        CampaignRounds(aggregationVerifier_)
        Governed(governance)
    {
        VERIFIER = verifier_;
    }

    /// @inheritdoc ITrainingCampaigns
    function open(
        CampaignTerms calldata terms,
        G1Point calldata firstModel,
        Aggregator[] calldata aggregators_,
        Authorization[] calldata consents,
        bytes32[] calldata testSets_
    ) external whenNotPaused returns (uint256 campaignId) {
        campaignId = ++_count;
        uint256 budgetReserved = CampaignOpening.open(
            _campaigns[campaignId],
            campaignId,
            _clock() + terms.joinSeconds,
            REGISTRY,
            terms,
            firstModel,
            aggregators_,
            testSets_
        );
        _requireConsents(aggregators_, consents, terms.schemaHash);
        _reserveBudget(msg.sender, budgetReserved);
    }

    /// @inheritdoc ITrainingCampaigns
    function join(
        SeatRequest calldata request,
        bytes32[] calldata membership,
        Authorization calldata authorization
    ) external whenNotPaused {
        _requireState(request.campaignId, CampaignState.Open);
        Campaign storage joined = _campaigns[request.campaignId];
        CampaignProgress storage stored = joined.progress;
        _requireBefore(request.campaignId, stored.roundBegins);
        Dataset memory dataset = REGISTRY.dataset(request.datasetId);
        _requireJoin(dataset.provider, request, authorization);
        SeatAdmission.take(joined, REGISTRY, dataset, request, membership);
        _campaignsOf[dataset.provider].push(request.campaignId);
        // With the last seat there is nothing left to wait for.
        if (stored.seats == joined.terms.maxProviders) stored.roundBegins = _clock();
    }

    /// @inheritdoc ITrainingCampaigns
    function contribute(
        uint256 campaignId,
        uint256 roundIndex,
        bytes32 datasetId,
        G1Point calldata cOut,
        G1Point[] calldata shares,
        bytes calldata proof,
        Authorization calldata authorization
    ) external whenNotPaused nonReentrant {
        _requireContributing(campaignId, roundIndex, shares.length);
        CommittedData memory data = REGISTRY.committedData(datasetId);
        _requireSeat(campaignId, roundIndex, datasetId, data);
        bytes32 proofHash = keccak256(proof);
        _requireContribute(data.provider, campaignId, roundIndex, datasetId, cOut, shares, proofHash, authorization);
        VERIFIER.verify(_trainStatement(campaignId, roundIndex, data, cOut), proof);
        uint32 weight = Contributions.record(
            _campaigns[campaignId],
            campaignId,
            roundIndex,
            data.provider,
            cOut,
            shares,
            proofHash
        );
        uint256 reward = uint256(weight) * _campaigns[campaignId].terms.rewardPerRow;
        _mintReward(campaignId, roundIndex, data.provider, reward);
    }

    /// @inheritdoc ITrainingCampaigns
    function claim(uint256 campaignId, address provider) external nonReentrant returns (uint256 amount) {
        uint256 points = _claimablePoints(campaignId, provider);
        amount = points * _campaigns[campaignId].terms.rewardPerRow;
        if (amount == 0) revert NothingToClaim(campaignId, provider);
        // No overflow: claimed points never exceed the seat's points.
        _campaigns[campaignId].seats[provider].claimedPoints += uint64(points);
        emit PayoutClaimed(campaignId, provider, amount);
        TOKEN.safeTransfer(provider, amount);
    }

    /// @notice The verifier that admits contributions.
    function verifier() external view returns (ITrainingVerifier) {
        return VERIFIER;
    }

    /// Everything cheap that needs no data set.
    function _requireContributing(uint256 campaignId, uint256 roundIndex, uint256 shares) private view {
        _requirePresentRound(campaignId, roundIndex);
        _requireBefore(campaignId, _contributionEnd(campaignId));
        uint256 expected = _campaigns[campaignId].progress.aggregators - 1;
        if (shares != expected) revert ShareCount(shares, expected);
    }

    function _requireSeat(
        uint256 campaignId,
        uint256 roundIndex,
        bytes32 datasetId,
        CommittedData memory data
    ) private view {
        Seat storage taken = _campaigns[campaignId].seats[data.provider];
        if (taken.datasetId != datasetId) revert NoSeat(campaignId, datasetId);
        if (taken.nextRound > roundIndex) revert AlreadyContributed(campaignId, roundIndex, datasetId);
        if (data.retired) revert DatasetIsRetired(datasetId);
    }

    function _mintReward(uint256 campaignId, uint256 roundIndex, address provider, uint256 amount) private {
        if (amount == 0) return;
        emit RewardMinted(campaignId, roundIndex, provider, amount);
        TOKEN.mint(address(this), amount);
    }
}
