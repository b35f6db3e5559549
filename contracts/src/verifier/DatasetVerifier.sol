// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DatasetRelation} from "./DatasetRelation.sol";
import {Engine} from "./Engine.sol";
import {IDatasetVerifier} from "./IDatasetVerifier.sol";
import {Opening} from "./Opening.sol";
import {PairingCheck} from "./PairingCheck.sol";
import {Shape, Verification} from "./Verification.sol";
import {DatasetStatement, G1Point} from "./VerifierTypes.sol";

/// @title Verifier of relation DATASET
/// @notice A valid proof shows: the registered commitments open to tables whose entries are all in signed b bits, with
/// the intercept in the first n rows, and nothing in the rows past n or in the columns past feat.
contract DatasetVerifier is IDatasetVerifier {
    /// @notice First word of the statement's encoding.
    bytes32 public constant DOMAIN = keccak256("zkml/dataset/1");

    uint256 private constant STATEMENT_BYTES = 21 * 32;

    /// @inheritdoc IDatasetVerifier
    function verify(DatasetStatement calldata statement, bytes calldata proof) external view {
        Verification memory v = _combined(statement, proof);
        PairingCheck.verify(v, _firstPoint(statement.cX), _fields());
    }

    /// Everything up to the coefficients of the pairing equation.
    function _combined(
        DatasetStatement calldata statement,
        bytes calldata proof
    ) internal view returns (Verification memory v) {
        Shape memory shape = DatasetRelation.shapeOf(statement);
        uint256 position;
        // A struct in calldata is a pointer to its first word: its members are of fixed size.
        assembly ("memory-safe") {
            position := statement
        }
        bytes32 state = Engine.statementHash(DOMAIN, position, STATEMENT_BYTES, "contributor");
        v = Engine.start(shape, state, DatasetRelation.POINTS, DatasetRelation.POINTS, proof);
        DatasetRelation.combine(statement, v);
        Opening.combine(v);
    }

    /// Names of the statement's points, in order.
    function _fields() internal pure returns (bytes32[] memory fields) {
        fields = new bytes32[](DatasetRelation.POINTS);
        fields[0] = "cX";
        fields[1] = "cY";
    }

    function _firstPoint(G1Point calldata point) internal pure returns (uint256 position) {
        assembly ("memory-safe") {
            position := point
        }
    }
}
