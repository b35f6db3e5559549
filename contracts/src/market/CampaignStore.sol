// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Campaign, CampaignProgress, CampaignState} from "../CampaignTypes.sol";
import {IDatasetRegistry} from "../IDatasetRegistry.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {ProtocolParameters} from "../ProtocolParameters.sol";
import {RewardToken} from "../RewardToken.sol";
import {PausableClock} from "./PausableClock.sol";

/// @title What is stored of campaigns, and at what time what may be done
abstract contract CampaignStore is ITrainingCampaigns, PausableClock {
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
    function state(uint256 campaignId) public view returns (CampaignState) {
        Campaign storage known = _known(campaignId);
        CampaignProgress storage stored = known.progress;
        if (stored.state != CampaignState.Open || _clock() < stored.roundBegins) return stored.state;
        return stored.seats < known.terms.minProviders ? CampaignState.Open : CampaignState.Running;
    }

    function _known(uint256 campaignId) internal view returns (Campaign storage known) {
        known = _campaigns[campaignId];
        if (known.progress.state == CampaignState.None) revert CampaignUnknown(campaignId);
    }

    function _requireState(uint256 campaignId, CampaignState expected) internal view {
        CampaignState actual = state(campaignId);
        if (actual != expected) revert WrongState(campaignId, actual, expected);
    }

    /// Reverts unless the campaign is running and this is its present round.
    function _requirePresentRound(uint256 campaignId, uint256 roundIndex) internal view {
        _requireState(campaignId, CampaignState.Running);
        uint256 present = _campaigns[campaignId].progress.round;
        if (roundIndex != present) revert NotPresentRound(campaignId, roundIndex, present);
    }

    /// @param clockTime end of the time in which something may be done
    function _requireBefore(uint256 campaignId, uint256 clockTime) internal view {
        if (_clock() >= clockTime) revert DeadlinePassed(campaignId, _unixTime(clockTime));
    }

    /// @param clockTime begin of the time in which something may be done
    function _requireReached(uint256 campaignId, uint256 clockTime) internal view {
        if (_clock() < clockTime) revert DeadlineNotReached(campaignId, _unixTime(clockTime));
    }

    // When the present round's windows end, as times of the clock.

    function _contributionEnd(uint256 campaignId) internal view returns (uint256) {
        return uint256(_campaigns[campaignId].progress.roundBegins) + _campaigns[campaignId].terms.contributionSeconds;
    }

    function _disputeBegin(uint256 campaignId) internal view returns (uint256) {
        return _contributionEnd(campaignId) + _campaigns[campaignId].terms.shareSeconds / 2;
    }

    function _shareEnd(uint256 campaignId) internal view returns (uint256) {
        return _contributionEnd(campaignId) + _campaigns[campaignId].terms.shareSeconds;
    }

    function _answerEnd(uint256 campaignId) internal view returns (uint256) {
        return _shareEnd(campaignId) + _campaigns[campaignId].terms.answerSeconds;
    }

    function _aggregationEnd(uint256 campaignId) internal view returns (uint256) {
        return _answerEnd(campaignId) + _campaigns[campaignId].terms.aggregationSeconds;
    }
}
