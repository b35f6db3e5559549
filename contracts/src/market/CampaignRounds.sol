// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignProgress, CampaignState, CampaignTerms, Round} from "../CampaignTypes.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {IAggregationVerifier} from "../verifier/IAggregationVerifier.sol";
import {G1Point} from "../verifier/VerifierTypes.sol";
import {CampaignMessages} from "./CampaignMessages.sol";
import {CampaignStatements} from "./CampaignStatements.sol";
import {EmissionBudgets} from "./EmissionBudgets.sol";

/// @title How rounds and campaigns end
/// @dev Once the shares' window is over nobody can raise a dispute any more, and without an open one nothing can be excluded:
/// the round's sums are final. So a round closes from then on, and never while a dispute is open; nor does it lapse, since that
/// would release the reward of a seat that may be at fault.
abstract contract CampaignRounds is CampaignStatements, CampaignMessages, EmissionBudgets {
    IAggregationVerifier private immutable AGGREGATION_VERIFIER;

    constructor(IAggregationVerifier aggregationVerifier_) {
        AGGREGATION_VERIFIER = aggregationVerifier_;
    }

    /// @inheritdoc ITrainingCampaigns
    function closeRound(
        uint256 campaignId,
        uint256 roundIndex,
        G1Point calldata cNext,
        bytes calldata proof,
        bytes[] calldata signatures
    ) external whenNotPaused {
        _requirePresentRound(campaignId, roundIndex);
        _requireReached(campaignId, _shareEnd(campaignId));
        Round storage current = _campaigns[campaignId].rounds[roundIndex];
        _requireNoDispute(campaignId, roundIndex, current);
        _requireEnough(campaignId, roundIndex, current);
        _requireClose(_campaigns[campaignId].aggregators, campaignId, roundIndex, current.sum, cNext, signatures);
        AGGREGATION_VERIFIER.verify(_aggregateStatement(campaignId, roundIndex, cNext), proof);
        CampaignProgress storage stored = _campaigns[campaignId].progress;
        stored.points += current.weightTotal;
        // No overflow: rounds are below 2^16.
        stored.round = uint16(roundIndex + 1);
        stored.roundBegins = _clock();
        _campaigns[campaignId].rounds[roundIndex + 1].model = cNext;
        emit RoundAveraged(
            campaignId,
            roundIndex,
            current.sum,
            current.weightTotal,
            current.contributors,
            cNext,
            keccak256(proof)
        );
        if (roundIndex + 1 == _campaigns[campaignId].terms.rounds) _end(campaignId, stored);
    }

    /// @inheritdoc ITrainingCampaigns
    function cancel(uint256 campaignId) external {
        _requireState(campaignId, CampaignState.Open);
        CampaignProgress storage stored = _campaigns[campaignId].progress;
        _requireReached(campaignId, stored.roundBegins);
        _end(campaignId, stored);
    }

    /// @inheritdoc ITrainingCampaigns
    function lapse(uint256 campaignId) external {
        _requireState(campaignId, CampaignState.Running);
        CampaignProgress storage stored = _campaigns[campaignId].progress;
        Round storage current = _campaigns[campaignId].rounds[stored.round];
        _requireNoDispute(campaignId, stored.round, current);
        // With too few contributions there is nothing to average, so nothing to wait for.
        bool enough = current.contributors >= _campaigns[campaignId].terms.minProviders;
        _requireReached(campaignId, enough ? _aggregationEnd(campaignId) : _contributionEnd(campaignId));
        stored.points += current.weightTotal;
        emit RoundLapsed(campaignId, stored.round);
        _end(campaignId, stored);
    }

    /// @notice The verifier that admits averages.
    function aggregationVerifier() external view returns (IAggregationVerifier) {
        return AGGREGATION_VERIFIER;
    }

    /// Reverts if the round has too few contributions to be averaged.
    function _requireEnough(uint256 campaignId, uint256 roundIndex, Round storage current) internal view {
        uint256 lowest = _campaigns[campaignId].terms.minProviders;
        if (current.contributors < lowest) {
            revert TooFewContributions(campaignId, roundIndex, current.contributors, lowest);
        }
    }

    function _requireNoDispute(uint256 campaignId, uint256 roundIndex, Round storage current) private view {
        if (current.inDispute != 0) revert DisputesOpen(campaignId, roundIndex, current.inDispute);
    }

    /// Ends the campaign: releases all rewards, and returns what has never been minted. What was burned counts as spent: else
    /// an owner, who is an aggregator, would gain by having contributions excluded.
    function _end(uint256 campaignId, CampaignProgress storage stored) private {
        CampaignTerms storage terms = _campaigns[campaignId].terms;
        uint256 minted = uint256(stored.points) + stored.excludedPoints;
        uint256 returned = (uint256(terms.rounds) * terms.maxProviders * terms.rowCap - minted) * terms.rewardPerRow;
        _returnBudget(stored.owner, returned);
        uint16 averaged = stored.round;
        if (averaged == 0) {
            stored.state = CampaignState.Cancelled;
            emit CampaignCancelled(campaignId, returned);
        } else {
            stored.state = CampaignState.Finished;
            emit CampaignFinished(campaignId, averaged, _campaigns[campaignId].rounds[averaged].model, returned);
        }
    }
}
