// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregatorRecord, CampaignTerms} from "./CampaignTypes.sol";
import {Dataset, IDatasetRegistry} from "./IDatasetRegistry.sol";
import {IModelMetrics} from "./IModelMetrics.sol";
import {ITrainingCampaigns} from "./ITrainingCampaigns.sol";
import {CampaignRules} from "./market/CampaignRules.sol";
import {ProofShape} from "./market/ProofShape.sol";
import {ModelKind} from "./ModelKind.sol";
import {ProtocolParameters, TrainingParameters} from "./ProtocolParameters.sol";
import {IEvaluationVerifier} from "./verifier/IEvaluationVerifier.sol";
import {EvaluateStatement} from "./verifier/VerifierTypes.sol";

/// @title Proved quality of campaigns' models
/// @dev No administrator, no money: nothing can be paused, changed or removed here.
contract ModelMetrics is IModelMetrics {
    ITrainingCampaigns private immutable CAMPAIGNS;
    IDatasetRegistry private immutable REGISTRY;
    ProtocolParameters private immutable PARAMETERS;
    IEvaluationVerifier private immutable VERIFIER;

    mapping(uint256 campaignId => mapping(uint16 modelRound => mapping(bytes32 datasetId => bool))) private _proved;
    mapping(uint256 campaignId => uint256) private _count;
    mapping(bytes32 datasetId => bool) private _baseRates;

    /// @param campaigns_ brings registry and parameters with it
    constructor(ITrainingCampaigns campaigns_, IEvaluationVerifier verifier_) {
        CAMPAIGNS = campaigns_;
        REGISTRY = campaigns_.registry();
        PARAMETERS = REGISTRY.parameters();
        VERIFIER = verifier_;
    }

    /// @inheritdoc IModelMetrics
    function proveMetric(
        uint256 campaignId,
        uint16 modelRound,
        bytes32 datasetId,
        uint32 hits,
        uint128 squaredErrorSum,
        bytes calldata proof
    ) external {
        if (_proved[campaignId][modelRound][datasetId]) revert MetricAlreadyProved(campaignId, modelRound, datasetId);
        EvaluateStatement memory statement = metricStatement(
            campaignId,
            modelRound,
            datasetId,
            msg.sender,
            hits,
            squaredErrorSum
        );
        if (!statement.regression && !_baseRates[datasetId]) revert BaseRateMissing(datasetId);
        VERIFIER.verify(statement, proof);
        _proved[campaignId][modelRound][datasetId] = true;
        ++_count[campaignId];
        _tell(statement, datasetId, keccak256(proof));
    }

    /// @inheritdoc IModelMetrics
    function proveBaseRate(bytes32 datasetId, uint32 positives, bytes calldata proof) external {
        if (_baseRates[datasetId]) revert BaseRateAlreadyProved(datasetId);
        EvaluateStatement memory statement = baseRateStatement(datasetId, msg.sender, positives);
        VERIFIER.verify(statement, proof);
        _baseRates[datasetId] = true;
        emit BaseRateProved(datasetId, msg.sender, uint32(statement.n), positives, keccak256(proof));
    }

    /// @inheritdoc IModelMetrics
    function metricsProved(uint256 campaignId) external view returns (uint256) {
        return _count[campaignId];
    }

    /// @inheritdoc IModelMetrics
    function isProved(uint256 campaignId, uint16 modelRound, bytes32 datasetId) external view returns (bool) {
        return _proved[campaignId][modelRound][datasetId];
    }

    /// @inheritdoc IModelMetrics
    function isBaseRateProved(bytes32 datasetId) external view returns (bool) {
        return _baseRates[datasetId];
    }

    /// @inheritdoc IModelMetrics
    function campaigns() external view returns (ITrainingCampaigns) {
        return CAMPAIGNS;
    }

    /// @inheritdoc IModelMetrics
    function verifier() external view returns (IEvaluationVerifier) {
        return VERIFIER;
    }

    /// @inheritdoc IModelMetrics
    function metricStatement(
        uint256 campaignId,
        uint16 modelRound,
        bytes32 datasetId,
        address prover,
        uint32 hits,
        uint128 squaredErrorSum
    ) public view returns (EvaluateStatement memory statement) {
        uint256 averaged = CAMPAIGNS.progress(campaignId).round;
        if (modelRound == 0 || modelRound > averaged) revert ModelUnknown(campaignId, modelRound, averaged);
        CampaignTerms memory terms = CAMPAIGNS.campaign(campaignId);
        Dataset memory dataset = REGISTRY.dataset(datasetId);
        CampaignRules.requireFit(datasetId, dataset, terms);
        statement = _statement(dataset, terms.kind, prover);
        statement.taskId = campaignId;
        statement.round = modelRound;
        statement.hits = hits;
        statement.squaredErrorSum = squaredErrorSum;
        statement.cW = CAMPAIGNS.round(campaignId, modelRound).model;
    }

    /// @inheritdoc IModelMetrics
    function baseRateStatement(
        bytes32 datasetId,
        address prover,
        uint32 positives
    ) public view returns (EvaluateStatement memory statement) {
        Dataset memory dataset = REGISTRY.dataset(datasetId);
        if (dataset.retired) revert DatasetIsRetired(datasetId);
        // The zero model: infinity commits to zero weights with blinder zero. Campaigns are numbered from 1, models too.
        statement = _statement(dataset, ModelKind.Logistic, prover);
        statement.hits = positives;
        // It predicts 1/2 for every row, which is 1/2 away from either class.
        statement.squaredErrorSum = statement.n << (2 * statement.fp - 2);
    }

    function _tell(EvaluateStatement memory proved, bytes32 datasetId, bytes32 proofHash) private {
        // No overflow: these words of the statement were as narrow before.
        emit MetricProved(
            proved.taskId,
            uint16(proved.round),
            datasetId,
            proved.prover,
            uint32(proved.n),
            uint32(proved.hits),
            uint128(proved.squaredErrorSum),
            _isIndependent(proved.taskId, datasetId),
            proofHash
        );
    }

    /// All but what the proof is to show, and about which model.
    function _statement(
        Dataset memory dataset,
        ModelKind kind,
        address prover
    ) private view returns (EvaluateStatement memory statement) {
        TrainingParameters memory fixedByProtocol = PARAMETERS.training(kind, dataset.b);
        ProofShape.requireEvaluate(dataset.ln, dataset.lk, dataset.b, PARAMETERS.setupLog2());
        statement.chainId = block.chainid;
        statement.registry = address(this);
        statement.prover = prover;
        statement.ln = dataset.ln;
        statement.lk = dataset.lk;
        statement.b = dataset.b;
        statement.fp = fixedByProtocol.fp;
        statement.n = dataset.n;
        statement.cTable = fixedByProtocol.cTable;
        statement.cX = dataset.cX;
        statement.cY = dataset.cY;
        statement.tau2 = fixedByProtocol.tau2;
        statement.xi2 = fixedByProtocol.xi2;
        statement.regression = kind != ModelKind.Logistic;
    }

    function _isIndependent(uint256 campaignId, bytes32 datasetId) private view returns (bool) {
        address provider = REGISTRY.committedData(datasetId).provider;
        if (CAMPAIGNS.seat(campaignId, provider).datasetId != 0) return false;
        // The owner is the first of them.
        AggregatorRecord[] memory aggregators = CAMPAIGNS.aggregators(campaignId);
        for (uint256 i = 0; i < aggregators.length; ++i) if (aggregators[i].account == provider) return false;
        bytes32[] memory testSets = CAMPAIGNS.testSets(campaignId);
        for (uint256 i = 0; i < testSets.length; ++i) if (testSets[i] == datasetId) return true;
        return false;
    }
}
