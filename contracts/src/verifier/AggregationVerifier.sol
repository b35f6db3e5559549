// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregateRelation} from "./AggregateRelation.sol";
import {Engine} from "./Engine.sol";
import {IAggregationVerifier} from "./IAggregationVerifier.sol";
import {Opening} from "./Opening.sol";
import {PairingCheck} from "./PairingCheck.sol";
import {Shape, Verification} from "./Verification.sol";
import {AggregateStatement, G1Point} from "./VerifierTypes.sol";

/// @title Verifier of relation AGGREGATE
/// @notice A valid proof shows: the model in cNext is the average of total weight `weightTotal` of the sum in cSum, rounded
/// half up, and its weights are in range.
contract AggregationVerifier is IAggregationVerifier {
    /// @notice First word of the statement's encoding.
    bytes32 public constant DOMAIN = keccak256("zkml/aggregate/1");

    uint256 private constant STATEMENT_BYTES = 20 * 32;

    /// @inheritdoc IAggregationVerifier
    function verify(AggregateStatement calldata statement, bytes calldata proof) external view {
        Verification memory v = _combined(statement, proof);
        PairingCheck.verify(v, _firstPoint(statement.cSum), _fields());
    }

    /// Everything up to the coefficients of the pairing equation.
    function _combined(
        AggregateStatement calldata statement,
        bytes calldata proof
    ) internal view returns (Verification memory v) {
        Shape memory shape = AggregateRelation.shapeOf(statement);
        uint256 position;
        // A struct in calldata is a pointer to its first word: its members are of fixed size.
        assembly ("memory-safe") {
            position := statement
        }
        bytes32 state = Engine.statementHash(DOMAIN, position, STATEMENT_BYTES, "owner");
        v = Engine.start(shape, state, AggregateRelation.POINTS, AggregateRelation.POINTS, proof);
        AggregateRelation.combine(statement, v);
        Opening.combine(v);
    }

    /// Names of the statement's points, in order.
    function _fields() internal pure returns (bytes32[] memory fields) {
        fields = new bytes32[](AggregateRelation.POINTS);
        fields[0] = "cSum";
        fields[1] = "cNext";
    }

    function _firstPoint(G1Point calldata point) internal pure returns (uint256 position) {
        assembly ("memory-safe") {
            position := point
        }
    }
}
