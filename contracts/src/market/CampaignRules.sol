// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignTerms} from "../CampaignTypes.sol";
import {ICampaignErrors} from "../ICampaignErrors.sol";
import {IDatasetErrors} from "../IDatasetErrors.sol";
import {Dataset} from "../IDatasetRegistry.sol";
import {DEVELOPMENT_CHAIN, ProtocolParameters} from "../ProtocolParameters.sol";
import {ProofShape} from "./ProofShape.sol";
import {StepSize} from "./StepSize.sol";

/// @title What a campaign's terms may be, and which data sets fit them
library CampaignRules {
    uint256 private constant WINDOW_LOWEST_SECONDS = 10 minutes;
    /// Tools act on final blocks: half of the shares' window has to hold one, beside the transactions of either side.
    uint256 private constant EXCHANGE_LOWEST_SECONDS = 1 hours;
    uint256 private constant WINDOW_HIGHEST_SECONDS = 365 days;
    /// With two providers each would learn the other's model from the average.
    uint256 private constant PROVIDERS_LOWEST = 3;
    /// A share in clear has to fit a transaction: 2^11 values are 64 kB.
    uint256 private constant LK_HIGHEST = 11;
    /// Contributors get something of every sale.
    uint256 private constant OWNER_SHARE_HIGHEST = 9_999;

    /// @notice Reverts if a campaign may not open on these terms.
    /// @return d weight decay as the proof's integer
    function requireTerms(
        CampaignTerms calldata terms,
        ProtocolParameters parameters
    ) internal view returns (uint64 d) {
        parameters.tableCommitment(terms.kind, terms.b);
        // The smallest data set that can join has one row a batch; each that joins is checked with its own size.
        ProofShape.requireTrain(terms.lb, 0, terms.lk, terms.lt, terms.b, parameters.setupLog2());
        _requireModel(terms);
        _requireWindows(terms);
        _requireEconomy(terms);
        return _requireSteps(terms, parameters.fractionalBits(terms.kind, terms.b));
    }

    /// @notice Reverts unless the data set is in use and speaks of the campaign's features.
    function requireFit(bytes32 datasetId, Dataset memory dataset, CampaignTerms memory terms) internal pure {
        if (dataset.retired) revert IDatasetErrors.DatasetIsRetired(datasetId);
        _requireSame(datasetId, "schemaHash", uint256(dataset.schemaHash), uint256(terms.schemaHash));
        _requireSame(datasetId, "feat", dataset.feat, terms.feat);
        _requireSame(datasetId, "lk", dataset.lk, terms.lk);
        _requireSame(datasetId, "b", dataset.b, terms.b);
    }

    /// @param term the name of CampaignTerms' member, or of the argument
    function requireRange(bytes32 term, uint256 value, uint256 lowest, uint256 highest) internal pure {
        if (value < lowest || value > highest) {
            revert ICampaignErrors.TermOutOfRange(term, value, lowest, highest);
        }
    }

    function _requireModel(CampaignTerms calldata terms) private pure {
        requireRange("lk", terms.lk, 0, LK_HIGHEST);
        requireRange("feat", terms.feat, 1, 2 ** uint256(terms.lk));
        requireRange("lb", terms.lb, 0, terms.lt);
        requireRange("steps", terms.steps, 2 ** uint256(terms.lb), 2 ** uint256(terms.lt));
        requireRange("rounds", terms.rounds, 1, type(uint16).max);
    }

    function _requireWindows(CampaignTerms calldata terms) private view {
        _requireWindow("joinSeconds", terms.joinSeconds, WINDOW_LOWEST_SECONDS);
        _requireWindow("contributionSeconds", terms.contributionSeconds, WINDOW_LOWEST_SECONDS);
        uint256 lowest = block.chainid == DEVELOPMENT_CHAIN ? WINDOW_LOWEST_SECONDS : EXCHANGE_LOWEST_SECONDS;
        _requireWindow("shareSeconds", terms.shareSeconds, lowest);
        _requireWindow("answerSeconds", terms.answerSeconds, lowest);
        _requireWindow("aggregationSeconds", terms.aggregationSeconds, lowest);
    }

    function _requireEconomy(CampaignTerms calldata terms) private pure {
        requireRange("minProviders", terms.minProviders, PROVIDERS_LOWEST, type(uint16).max);
        requireRange("maxProviders", terms.maxProviders, terms.minProviders, type(uint16).max);
        requireRange("rowCap", terms.rowCap, 1, type(uint32).max);
        requireRange("ownerShareBasisPoints", terms.ownerShareBasisPoints, 0, OWNER_SHARE_HIGHEST);
        // AGGREGATE divides by the row total, which has to fit two limbs.
        uint256 rows = uint256(terms.maxProviders) * terms.rowCap;
        uint256 highest = 2 ** (2 * uint256(terms.b));
        if (rows > highest) revert ICampaignErrors.RowTotalTooLarge(rows, highest);
        if (terms.openToAll && (terms.allowList != 0 || terms.rewardPerRow != 0)) {
            revert ICampaignErrors.OpenToAllTakesNoListAndNoReward(terms.allowList, terms.rewardPerRow);
        }
    }

    function _requireSteps(CampaignTerms calldata terms, uint256 fp) private pure returns (uint64 d) {
        requireRange("rateNumerator", terms.rateNumerator, 1, type(uint64).max);
        requireRange("rateDenominator", terms.rateDenominator, 1, type(uint64).max);
        requireRange("decayDenominator", terms.decayDenominator, 1, type(uint64).max);
        // One row is where the step is greatest.
        StepSize.gradient(terms.rateNumerator, terms.rateDenominator, 1, terms.b, fp);
        return
            StepSize.decay(
                terms.rateNumerator,
                terms.rateDenominator,
                terms.decayNumerator,
                terms.decayDenominator,
                terms.b
            );
    }

    function _requireWindow(bytes32 term, uint256 value, uint256 lowest) private pure {
        requireRange(term, value, lowest, WINDOW_HIGHEST_SECONDS);
    }

    function _requireSame(bytes32 datasetId, bytes32 field, uint256 actual, uint256 expected) private pure {
        if (actual != expected) revert ICampaignErrors.DatasetUnfit(datasetId, field, actual, expected);
    }
}
