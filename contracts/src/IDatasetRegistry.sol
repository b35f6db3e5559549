// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDatasetErrors} from "./IDatasetErrors.sol";
import {IShapeErrors} from "./IShapeErrors.sol";
import {Authorization} from "./market/SignedMessages.sol";
import {ProtocolParameters} from "./ProtocolParameters.sol";
import {IVerifierErrors} from "./verifier/IVerifierErrors.sol";
import {DatasetStatement, G1Point} from "./verifier/VerifierTypes.sol";

/// @notice What a provider says about its data set, and proves.
// solhint-disable-next-line gas-struct-packing
struct DatasetClaim {
    address provider;
    /// keccak-256 of the schema document's bytes.
    bytes32 schemaHash;
    /// 2^ln rows, padding included.
    uint8 ln;
    /// 2^lk features, padding included.
    uint8 lk;
    /// Bits a limb: 8, 10, 12, 14 or 16.
    uint8 b;
    /// Rows with data, 1 to 2^ln.
    uint32 n;
    /// Features with data, intercept included, 1 to 2^lk.
    uint32 feat;
    /// Commitments to features and targets.
    G1Point cX;
    G1Point cY;
}

/// @notice A registered data set. Members as in DatasetClaim; the first seven share a storage slot.
struct Dataset {
    address provider;
    uint8 ln;
    uint8 lk;
    uint8 b;
    /// Whether the provider withdrew it from later use.
    bool retired;
    uint32 n;
    uint32 feat;
    bytes32 schemaHash;
    G1Point cX;
    G1Point cY;
}

/// @notice What a contribution needs of a data set.
struct CommittedData {
    address provider;
    bool retired;
    G1Point cX;
    G1Point cY;
}

/// @title Committed data sets
/// @notice A data set is registered once, by a DATASET proof and its provider's signature. Its id is
/// `keccak256(abi.encode(provider, cX, cY))`.
interface IDatasetRegistry is IDatasetErrors, IShapeErrors, IVerifierErrors {
    event DatasetRegistered(
        bytes32 indexed datasetId,
        address indexed provider,
        bytes32 indexed schemaHash,
        uint8 ln,
        uint8 lk,
        uint8 b,
        uint32 n,
        uint32 feat,
        G1Point cX,
        G1Point cY,
        bytes32 proofHash
    );
    event DatasetRetired(bytes32 indexed datasetId, address indexed provider);

    /// @notice The provider has registered these commitments already.
    error DatasetAlreadyRegistered(bytes32 datasetId);

    /// @notice Registers a data set. Anybody may send it; the provider signs
    /// `Register(address provider,bytes32 schemaHash,uint8 ln,uint8 lk,uint8 b,uint32 n,uint32 feat,G1Point cX,G1Point cY,
    /// bytes32 proofHash,uint256 nonce,uint256 deadline)` (one line, no space after commas) with `proofHash = keccak256(proof)`.
    /// @param proof the bytes of a DATASET proof of `datasetStatement(claim)`
    function register(
        DatasetClaim calldata claim,
        bytes calldata proof,
        Authorization calldata authorization
    ) external returns (bytes32 datasetId);

    /// @notice Withdraws the provider's consent: no new seat and no further contribution with this data set. What has been
    /// contributed stays. The provider signs `Retire(bytes32 datasetId,uint256 nonce,uint256 deadline)`.
    function retire(bytes32 datasetId, Authorization calldata authorization) external;

    /// @notice The data set's record; reverts if there is none.
    function dataset(bytes32 datasetId) external view returns (Dataset memory);

    /// @notice Provider and commitments of a data set; reverts if there is none.
    function committedData(bytes32 datasetId) external view returns (CommittedData memory);

    /// @notice The statement that `register` verifies for `claim`.
    function datasetStatement(DatasetClaim calldata claim) external view returns (DatasetStatement memory);

    /// @notice Setup and tables, shared with the other contracts.
    function parameters() external view returns (ProtocolParameters);
}
