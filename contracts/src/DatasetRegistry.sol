// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {CommittedData, Dataset, DatasetClaim, IDatasetRegistry} from "./IDatasetRegistry.sol";
import {ProofShape} from "./market/ProofShape.sol";
import {Authorization, SignedMessages} from "./market/SignedMessages.sol";
import {ProtocolParameters} from "./ProtocolParameters.sol";
import {IDatasetVerifier} from "./verifier/IDatasetVerifier.sol";
import {DatasetStatement} from "./verifier/VerifierTypes.sol";

/// @title Committed data sets
/// @dev No administrator: nothing can be paused, changed or removed here but by a data set's provider.
contract DatasetRegistry is IDatasetRegistry, SignedMessages {
    bytes32 private constant REGISTER_TYPE = keccak256(
        "Register(address provider,bytes32 schemaHash,uint8 ln,uint8 lk,uint8 b,uint32 n,uint32 feat,"
        "G1Point cX,G1Point cY,bytes32 proofHash,uint256 nonce,uint256 deadline)"
        "G1Point(uint256 x,uint256 y)"
    );
    bytes32 private constant RETIRE_TYPE = keccak256("Retire(bytes32 datasetId,uint256 nonce,uint256 deadline)");

    IDatasetVerifier private immutable VERIFIER;
    ProtocolParameters private immutable PARAMETERS;
    mapping(bytes32 datasetId => Dataset) private _datasets;

    constructor(IDatasetVerifier verifier_, ProtocolParameters parameters_) EIP712("zkML DatasetRegistry", "1") {
        VERIFIER = verifier_;
        PARAMETERS = parameters_;
    }

    /// @inheritdoc IDatasetRegistry
    function register(
        DatasetClaim calldata claim,
        bytes calldata proof,
        Authorization calldata authorization
    ) external returns (bytes32 datasetId) {
        datasetId = keccak256(abi.encode(claim.provider, claim.cX, claim.cY));
        if (_datasets[datasetId].provider != address(0)) revert DatasetAlreadyRegistered(datasetId);
        ProofShape.requireDataset(claim.ln, claim.lk, claim.b, PARAMETERS.setupLog2());
        bytes32 proofHash = keccak256(proof);
        _requireSigned(claim.provider, _registerHash(claim, proofHash, authorization), authorization);
        VERIFIER.verify(datasetStatement(claim), proof);
        _store(datasetId, claim);
        emit DatasetRegistered(
            datasetId,
            claim.provider,
            claim.schemaHash,
            claim.ln,
            claim.lk,
            claim.b,
            claim.n,
            claim.feat,
            claim.cX,
            claim.cY,
            proofHash
        );
    }

    /// @inheritdoc IDatasetRegistry
    function retire(bytes32 datasetId, Authorization calldata authorization) external {
        Dataset storage stored = _known(datasetId);
        if (stored.retired) revert DatasetIsRetired(datasetId);
        bytes32 structHash = keccak256(abi.encode(RETIRE_TYPE, datasetId, authorization.nonce, authorization.deadline));
        _requireSigned(stored.provider, structHash, authorization);
        stored.retired = true;
        emit DatasetRetired(datasetId, stored.provider);
    }

    /// @inheritdoc IDatasetRegistry
    function dataset(bytes32 datasetId) external view returns (Dataset memory) {
        return _known(datasetId);
    }

    /// @inheritdoc IDatasetRegistry
    function committedData(bytes32 datasetId) external view returns (CommittedData memory) {
        Dataset storage stored = _known(datasetId);
        return CommittedData(stored.provider, stored.retired, stored.cX, stored.cY);
    }

    /// @inheritdoc IDatasetRegistry
    function parameters() external view returns (ProtocolParameters) {
        return PARAMETERS;
    }

    /// @notice The verifier that admits data sets.
    function verifier() external view returns (IDatasetVerifier) {
        return VERIFIER;
    }

    /// @inheritdoc IDatasetRegistry
    function datasetStatement(DatasetClaim calldata claim) public view returns (DatasetStatement memory statement) {
        statement.chainId = block.chainid;
        statement.registry = address(this);
        statement.contributor = claim.provider;
        statement.schemaHash = claim.schemaHash;
        statement.ln = claim.ln;
        statement.lk = claim.lk;
        statement.b = claim.b;
        statement.n = claim.n;
        statement.feat = claim.feat;
        statement.cX = claim.cX;
        statement.cY = claim.cY;
        statement.tau2 = PARAMETERS.tau2();
        statement.xi2 = PARAMETERS.xi2();
    }

    function _store(bytes32 datasetId, DatasetClaim calldata claim) private {
        _datasets[datasetId] = Dataset({
            provider: claim.provider,
            ln: claim.ln,
            lk: claim.lk,
            b: claim.b,
            retired: false,
            n: claim.n,
            feat: claim.feat,
            schemaHash: claim.schemaHash,
            cX: claim.cX,
            cY: claim.cY
        });
    }

    function _known(bytes32 datasetId) private view returns (Dataset storage stored) {
        stored = _datasets[datasetId];
        if (stored.provider == address(0)) revert DatasetUnknown(datasetId);
    }

    function _registerHash(
        DatasetClaim calldata claim,
        bytes32 proofHash,
        Authorization calldata authorization
    ) private pure returns (bytes32) {
        return
            keccak256(
                bytes.concat(
                    abi.encode(
                        REGISTER_TYPE,
                        claim.provider,
                        claim.schemaHash,
                        claim.ln,
                        claim.lk,
                        claim.b,
                        claim.n,
                        claim.feat
                    ),
                    abi.encode(
                        _hashPoint(claim.cX),
                        _hashPoint(claim.cY),
                        proofHash,
                        authorization.nonce,
                        authorization.deadline
                    )
                )
            );
    }
}
