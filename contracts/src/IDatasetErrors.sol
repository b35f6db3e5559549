// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Reasons to refuse a data set's id
interface IDatasetErrors {
    /// @notice There is no data set of this id.
    error DatasetUnknown(bytes32 datasetId);

    /// @notice The data set's provider has withdrawn it.
    error DatasetIsRetired(bytes32 datasetId);
}
