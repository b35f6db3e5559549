// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICampaignErrors} from "./ICampaignErrors.sol";
import {ITrainingCampaigns} from "./ITrainingCampaigns.sol";
import {IEvaluationVerifier} from "./verifier/IEvaluationVerifier.sol";
import {EvaluateStatement} from "./verifier/VerifierTypes.sol";

/// @title Proved quality of campaigns' models
/// @notice EVALUATE proofs about averaged models on registered data sets. Whoever knows a model can prove how well it does; the proof
/// names its sender, so that nobody can send it in another's name. A data set's base rate is proved once, for all models.
interface IModelMetrics is ICampaignErrors {
    /// @param modelRound rounds averaged into the model
    /// @param rows of the data set
    /// @param hits rows whose class is predicted rightly; 0 for linear and Poisson models
    /// @param squaredErrorSum of the predictions, with 2 fp fractional bits
    /// @param independent whether the campaign named the data set as a test set when it opened, and neither an aggregator (its
    /// owner is one) nor a seat registered it. An account is no institution: the owner's second account passes
    event MetricProved(
        uint256 indexed campaignId,
        uint16 modelRound,
        bytes32 indexed datasetId,
        address indexed prover,
        uint32 rows,
        uint32 hits,
        uint128 squaredErrorSum,
        bool independent,
        bytes32 proofHash
    );
    /// @param positives rows of class 1
    event BaseRateProved(
        bytes32 indexed datasetId,
        address indexed prover,
        uint32 rows,
        uint32 positives,
        bytes32 proofHash
    );

    /// @notice The campaign has no averaged model of this number.
    /// @param averaged rounds averaged so far: models are numbered from 1 to this
    error ModelUnknown(uint256 campaignId, uint256 modelRound, uint256 averaged);

    /// @notice This model's quality on this data set has been proved.
    error MetricAlreadyProved(uint256 campaignId, uint256 modelRound, bytes32 datasetId);

    /// @notice Hits say nothing without the data set's base rate: call `proveBaseRate` with it first.
    error BaseRateMissing(bytes32 datasetId);

    /// @notice The data set's base rate has been proved.
    error BaseRateAlreadyProved(bytes32 datasetId);

    /// @notice Verifies how well a model does on a registered data set that fits its campaign and is not retired. The sender is the
    /// prover. For a logistic model the data set's base rate has to be proved before: `hits` is never to be had without it.
    /// @param modelRound rounds averaged into the model, from 1 on
    /// @param hits rows whose class is predicted rightly; 0 for linear and Poisson models
    /// @param squaredErrorSum sum of (prediction - target)^2, with 2 fp fractional bits
    /// @param proof the bytes of an EVALUATE proof of `metricStatement` with the sender as prover
    function proveMetric(
        uint256 campaignId,
        uint16 modelRound,
        bytes32 datasetId,
        uint32 hits,
        uint128 squaredErrorSum,
        bytes calldata proof
    ) external;

    /// @notice Verifies how many rows of a data set are of class 1: the rows that the zero model predicts rightly, since it predicts
    /// class 1 everywhere (docs/marketplace.md, "Metrics"). The sender is the prover: anybody who has the rows.
    /// @param proof the bytes of an EVALUATE proof of `baseRateStatement` with the sender as prover
    function proveBaseRate(bytes32 datasetId, uint32 positives, bytes calldata proof) external;

    /// @notice What `proveMetric` would verify for this prover.
    function metricStatement(
        uint256 campaignId,
        uint16 modelRound,
        bytes32 datasetId,
        address prover,
        uint32 hits,
        uint128 squaredErrorSum
    ) external view returns (EvaluateStatement memory);

    /// @notice What `proveBaseRate` would verify for this prover.
    function baseRateStatement(
        bytes32 datasetId,
        address prover,
        uint32 positives
    ) external view returns (EvaluateStatement memory);

    /// @notice How many metrics of the campaign's models were proved: who shows one shows this beside it.
    function metricsProved(uint256 campaignId) external view returns (uint256);

    /// @notice Whether this model's quality on this data set has been proved.
    function isProved(uint256 campaignId, uint16 modelRound, bytes32 datasetId) external view returns (bool);

    /// @notice Whether the data set's base rate has been proved.
    function isBaseRateProved(bytes32 datasetId) external view returns (bool);

    /// @notice The campaigns whose models are evaluated.
    function campaigns() external view returns (ITrainingCampaigns);

    /// @notice The verifier that admits metrics.
    function verifier() external view returns (IEvaluationVerifier);
}
