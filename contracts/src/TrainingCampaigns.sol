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
    Round,
    Seat,
    SeatRequest
} from "./CampaignTypes.sol";
import {CommittedData, Dataset, IDatasetRegistry} from "./IDatasetRegistry.sol";
import {ITrainingCampaigns} from "./ITrainingCampaigns.sol";
import {CampaignMessages} from "./market/CampaignMessages.sol";
import {CampaignOpening} from "./market/CampaignOpening.sol";
import {EmissionBudgets} from "./market/EmissionBudgets.sol";
import {SeatAdmission} from "./market/SeatAdmission.sol";
import {CampaignLedger} from "./market/CampaignLedger.sol";
import {G1} from "./market/G1.sol";
import {Authorization} from "./market/SignedMessages.sol";
import {RewardToken} from "./RewardToken.sol";
import {ITrainingVerifier} from "./verifier/ITrainingVerifier.sol";
import {G1Point} from "./verifier/VerifierTypes.sol";

/// @title Training campaigns: contributions, rewards, and the end of rounds
/// @dev Storage and views are in CampaignLedger, signed messages in CampaignMessages, the checks of `open` and `join` in the
/// linked libraries CampaignOpening and SeatAdmission, for the sake of the code's size. The contract creates the reward token,
/// whose only minter it is; what it holds of it is exactly the rewards not yet claimed.
contract TrainingCampaigns is CampaignLedger, CampaignMessages, EmissionBudgets, ReentrancyGuardTransient {
    using SafeERC20 for RewardToken;

    ITrainingVerifier private immutable VERIFIER;

    /// @param governance grants budgets and roles, and pauses: a timelock in production
    /// @param registry_ brings the parameters with it
    constructor(
        address governance,
        IDatasetRegistry registry_,
        ITrainingVerifier verifier_
    ) CampaignLedger(registry_, new RewardToken(address(this))) {
        VERIFIER = verifier_;
        _grantRole(DEFAULT_ADMIN_ROLE, governance);
        _grantRole(GOVERNANCE_ROLE, governance);
        _grantRole(PAUSER_ROLE, governance);
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
        if (_clock() >= stored.roundBegins) {
            revert DeadlinePassed(request.campaignId, _unixTime(stored.roundBegins));
        }
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
        _record(campaignId, roundIndex, data.provider, cOut, shares, proofHash);
    }

    /// @inheritdoc ITrainingCampaigns
    function cancel(uint256 campaignId) external {
        _requireState(campaignId, CampaignState.Open);
        CampaignProgress storage stored = _campaigns[campaignId].progress;
        if (_clock() < stored.roundBegins) revert DeadlineNotReached(campaignId, _unixTime(stored.roundBegins));
        _cancel(campaignId, stored);
    }

    /// @inheritdoc ITrainingCampaigns
    function lapse(uint256 campaignId) external {
        _requireState(campaignId, CampaignState.Running);
        CampaignTerms storage terms = _campaigns[campaignId].terms;
        CampaignProgress storage stored = _campaigns[campaignId].progress;
        uint256 deadline = uint256(stored.roundBegins) + terms.contributionSeconds;
        // With too few contributions there is nothing to average, so nothing to wait for.
        if (_campaigns[campaignId].rounds[stored.round].contributors >= terms.minProviders) {
            deadline += uint256(terms.shareSeconds) + terms.answerSeconds + terms.aggregationSeconds;
        }
        if (_clock() < deadline) revert DeadlineNotReached(campaignId, _unixTime(deadline));
        emit RoundLapsed(campaignId, stored.round);
        _cancel(campaignId, stored);
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
        _requireState(campaignId, CampaignState.Running);
        CampaignProgress storage stored = _campaigns[campaignId].progress;
        if (roundIndex != stored.round) revert NotPresentRound(campaignId, roundIndex, stored.round);
        uint256 deadline = uint256(stored.roundBegins) + _campaigns[campaignId].terms.contributionSeconds;
        if (_clock() >= deadline) revert DeadlinePassed(campaignId, _unixTime(deadline));
        if (shares + 1 != stored.aggregators) revert ShareCount(shares, stored.aggregators - 1);
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

    function _record(
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        G1Point calldata cOut,
        G1Point[] calldata shares,
        bytes32 proofHash
    ) private {
        Seat storage taken = _campaigns[campaignId].seats[provider];
        uint32 weight = taken.weight;
        // No overflow: rounds are below 2^16, weights below 2^32 and in sum at most 2^32.
        taken.nextRound = uint16(roundIndex + 1);
        taken.points += weight;
        taken.commitmentsHash = keccak256(abi.encode(cOut, shares));
        Round storage current = _campaigns[campaignId].rounds[roundIndex];
        current.sum = G1.add(current.sum, G1.multiply(cOut, weight));
        current.weightTotal += weight;
        ++current.contributors;
        for (uint256 i = 0; i < shares.length; ++i) {
            G1Point storage sum = _campaigns[campaignId].shareSums[roundIndex][i];
            G1Point memory added = G1.add(sum, G1.multiply(shares[i], weight));
            (sum.x, sum.y) = (added.x, added.y);
        }
        emit ContributionVerified(campaignId, roundIndex, provider, taken.datasetId, weight, cOut, shares, proofHash);
        _mintReward(campaignId, roundIndex, provider, uint256(weight) * _campaigns[campaignId].terms.rewardPerRow);
    }

    function _mintReward(uint256 campaignId, uint256 roundIndex, address provider, uint256 amount) private {
        if (amount == 0) return;
        emit RewardMinted(campaignId, roundIndex, provider, amount);
        TOKEN.mint(address(this), amount);
    }

    /// Releases all rewards, and returns what has not been minted.
    function _cancel(uint256 campaignId, CampaignProgress storage stored) private {
        stored.state = CampaignState.Cancelled;
        stored.points += _campaigns[campaignId].rounds[stored.round].weightTotal;
        CampaignTerms storage terms = _campaigns[campaignId].terms;
        uint256 unspent = uint256(terms.rounds) * terms.maxProviders * terms.rowCap - stored.points;
        uint256 returned = unspent * terms.rewardPerRow;
        _returnBudget(stored.owner, returned);
        emit CampaignCancelled(campaignId, returned);
    }
}
