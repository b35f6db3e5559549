// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {CampaignProgress, CampaignState, Round} from "../CampaignTypes.sol";
import {IInferenceMarket} from "../IInferenceMarket.sol";
import {Earnings, Listing, Model, Pass, Tier} from "../InferenceTypes.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {ProtocolParameters} from "../ProtocolParameters.sol";

/// @title What is stored of models on sale, and how their campaigns are read
/// @dev Campaigns are read, never copied: what is read of a finished one, its points, rounds, model, owner and terms, can no longer
/// change. A model's points are those of the rounds that were averaged, and are at least 3: a round is averaged over three contributions
/// of a row or more. The campaign and its seats count the last round too if it lapsed; no other round can lapse.
abstract contract InferenceStore is IInferenceMarket {
    ITrainingCampaigns internal immutable CAMPAIGNS;
    ProtocolParameters internal immutable PARAMETERS;
    IERC20 internal immutable TOKEN;

    mapping(uint256 modelId => Listing) internal _listings;
    mapping(uint256 modelId => Tier[]) internal _tiers;
    mapping(uint256 modelId => Earnings) internal _earnings;
    /// Base units paid out to contributors.
    mapping(uint256 modelId => mapping(address account => uint256)) internal _claimed;
    /// Number of passes; the first is number 1.
    uint256 internal _passCount;
    mapping(uint256 passId => Pass) internal _passes;

    constructor(ITrainingCampaigns campaigns_, IERC20 token_) {
        CAMPAIGNS = campaigns_;
        PARAMETERS = campaigns_.registry().parameters();
        TOKEN = token_;
    }

    /// @inheritdoc IInferenceMarket
    function campaigns() external view returns (ITrainingCampaigns) {
        return CAMPAIGNS;
    }

    /// @inheritdoc IInferenceMarket
    function token() external view returns (IERC20) {
        return TOKEN;
    }

    /// @inheritdoc IInferenceMarket
    function model(uint256 modelId) public view returns (Model memory) {
        CampaignProgress memory progress = CAMPAIGNS.progress(modelId);
        if (progress.state != CampaignState.Finished) {
            revert WrongState(modelId, progress.state, CampaignState.Finished);
        }
        // The round after the last average has contributions only if it lapsed.
        Round memory last = CAMPAIGNS.round(modelId, progress.round);
        return Model(progress.owner, progress.round, progress.points - last.weightTotal, last.model);
    }

    function _known(uint256 passId) internal view returns (Pass storage known) {
        if (passId == 0 || passId > _passCount) revert PassUnknown(passId);
        return _passes[passId];
    }

    function _requireOpen(uint256 passId) internal view returns (Pass storage known) {
        known = _known(passId);
        if (known.closed) revert PassIsClosed(passId);
    }
}
