// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Aggregator, AggregatorRecord, Campaign, CampaignState, CampaignTerms} from "../CampaignTypes.sol";
import {ICampaignErrors} from "../ICampaignErrors.sol";
import {Dataset, IDatasetRegistry} from "../IDatasetRegistry.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {G1Point} from "../verifier/VerifierTypes.sol";
import {CampaignRules} from "./CampaignRules.sol";
import {EncryptionKeys} from "./EncryptionKeys.sol";
import {G1} from "./G1.sol";
import {ProofShape} from "./ProofShape.sol";

/// @title How a campaign opens
/// @dev Deployed once and linked: TrainingCampaigns calls it on its own storage.
library CampaignOpening {
    /// Every contribution adds up one point an aggregator.
    uint256 private constant AGGREGATORS_HIGHEST = 8;
    uint256 private constant TEST_SETS_HIGHEST = 8;

    /// @notice Checks what the sender fixes and stores it. Consents and budget are the caller's to check.
    /// @param campaign nothing is stored there yet
    /// @param begins time of the pausable clock at which joining ends
    /// @return budgetReserved base units that the campaign mints at most
    function open(
        Campaign storage campaign,
        uint256 campaignId,
        uint40 begins,
        IDatasetRegistry registry,
        CampaignTerms calldata terms,
        G1Point calldata firstModel,
        Aggregator[] calldata aggregators,
        bytes32[] calldata testSets
    ) external returns (uint256 budgetReserved) {
        campaign.progress.d = CampaignRules.requireTerms(terms, registry.parameters());
        G1.requireValid(firstModel);
        _requireTestSets(registry, terms, testSets);
        _admitAggregators(campaign, aggregators);
        campaign.terms = terms;
        campaign.rounds[0].model = firstModel;
        campaign.testSets = testSets;
        campaign.progress.owner = msg.sender;
        campaign.progress.state = CampaignState.Open;
        campaign.progress.roundBegins = begins;
        budgetReserved = uint256(terms.rounds) * terms.maxProviders * terms.rowCap * terms.rewardPerRow;
        emit ITrainingCampaigns.CampaignOpened(
            campaignId,
            msg.sender,
            terms.schemaHash,
            terms,
            firstModel,
            aggregators,
            testSets,
            budgetReserved
        );
    }

    function _admitAggregators(Campaign storage campaign, Aggregator[] calldata aggregators) private {
        uint256 count = aggregators.length;
        CampaignRules.requireRange("aggregators", count, 2, AGGREGATORS_HIGHEST);
        if (aggregators[0].account != msg.sender) {
            revert ICampaignErrors.FirstAggregatorNotOwner(aggregators[0].account, msg.sender);
        }
        // No overflow: at most 8.
        campaign.progress.aggregators = uint8(count);
        for (uint256 i = 0; i < count; ++i) {
            (address account, bytes32 x25519Key) = (aggregators[i].account, aggregators[i].x25519Key);
            for (uint256 j = 0; j < i; ++j) {
                if (aggregators[j].account == account) revert ICampaignErrors.AggregatorRepeated(account);
            }
            bytes32 mlKemKeyHash = EncryptionKeys.requireValid(account, x25519Key, aggregators[i].mlKemKey);
            campaign.aggregators.push(AggregatorRecord(account, x25519Key, mlKemKeyHash));
        }
    }

    function _requireTestSets(
        IDatasetRegistry registry,
        CampaignTerms calldata terms,
        bytes32[] calldata testSets
    ) private view {
        CampaignRules.requireRange("testSets", testSets.length, 0, TEST_SETS_HIGHEST);
        uint256 setupLog2 = registry.parameters().setupLog2();
        for (uint256 i = 0; i < testSets.length; ++i) {
            Dataset memory dataset = registry.dataset(testSets[i]);
            if (dataset.provider == msg.sender) revert ICampaignErrors.TestSetOfOwner(testSets[i]);
            CampaignRules.requireFit(testSets[i], dataset, terms);
            ProofShape.requireEvaluate(dataset.ln, dataset.lk, dataset.b, setupLog2);
        }
    }
}
