// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Campaign, CampaignProgress, CampaignTerms, Seat} from "../CampaignTypes.sol";
import {CommittedData} from "../IDatasetRegistry.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {TrainingParameters} from "../ProtocolParameters.sol";
import {AggregateStatement, G1Point, TrainStatement} from "../verifier/VerifierTypes.sol";
import {CampaignStore} from "./CampaignStore.sol";

/// @title The statements that are proved of a campaign, from what is stored
abstract contract CampaignStatements is CampaignStore {
    /// @inheritdoc ITrainingCampaigns
    function trainStatement(
        uint256 campaignId,
        uint256 roundIndex,
        bytes32 datasetId,
        G1Point calldata cOut
    ) external view returns (TrainStatement memory) {
        _requireBegun(campaignId, roundIndex);
        CommittedData memory data = REGISTRY.committedData(datasetId);
        if (_campaigns[campaignId].seats[data.provider].datasetId != datasetId) revert NoSeat(campaignId, datasetId);
        return _trainStatement(campaignId, roundIndex, data, cOut);
    }

    /// @inheritdoc ITrainingCampaigns
    function aggregateStatement(
        uint256 campaignId,
        uint256 roundIndex,
        G1Point calldata cNext
    ) external view returns (AggregateStatement memory) {
        _requireBegun(campaignId, roundIndex);
        return _aggregateStatement(campaignId, roundIndex, cNext);
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

    function _aggregateStatement(
        uint256 campaignId,
        uint256 roundIndex,
        G1Point calldata cNext
    ) internal view returns (AggregateStatement memory statement) {
        Campaign storage known = _campaigns[campaignId];
        statement.chainId = block.chainid;
        statement.registry = address(this);
        statement.owner = known.progress.owner;
        statement.taskId = campaignId;
        statement.round = roundIndex;
        statement.lk = known.terms.lk;
        statement.b = known.terms.b;
        statement.weightTotal = known.rounds[roundIndex].weightTotal;
        statement.cSum = known.rounds[roundIndex].sum;
        statement.cNext = cNext;
        statement.tau2 = PARAMETERS.tau2();
        statement.xi2 = PARAMETERS.xi2();
    }

    function _requireBegun(uint256 campaignId, uint256 roundIndex) private view {
        CampaignProgress storage stored = _known(campaignId).progress;
        // After the last round `stored.round` is the number of rounds, and no round's.
        bool present = roundIndex == stored.round && roundIndex < _campaigns[campaignId].terms.rounds;
        bool begun = roundIndex < stored.round || (present && _clock() >= stored.roundBegins);
        if (!begun) revert NotPresentRound(campaignId, roundIndex, stored.round);
    }
}
