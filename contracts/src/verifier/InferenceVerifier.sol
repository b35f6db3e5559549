// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Engine} from "./Engine.sol";
import {IInferenceVerifier} from "./IInferenceVerifier.sol";
import {InferRelation} from "./InferRelation.sol";
import {Opening} from "./Opening.sol";
import {PairingCheck} from "./PairingCheck.sol";
import {Shape, Verification} from "./Verification.sol";
import {G1Point, InferStatement} from "./VerifierTypes.sol";

/// @title Verifier of relation INFER
/// @notice A valid proof shows: cP commits to the predictions that the model in cW makes for the rows in cX, in the
/// fixed-point arithmetic of section 5, with features and weights in range.
contract InferenceVerifier is IInferenceVerifier {
    /// @notice First word of the statement's encoding.
    bytes32 public constant DOMAIN = keccak256("zkml/infer/1");

    uint256 private constant STATEMENT_BYTES = 25 * 32;

    /// @inheritdoc IInferenceVerifier
    function verify(InferStatement calldata statement, bytes calldata proof) external view {
        Verification memory v = _combined(statement, proof);
        PairingCheck.verify(v, _firstPoint(statement.cTable), _fields());
    }

    /// Everything up to the coefficients of the pairing equation.
    function _combined(
        InferStatement calldata statement,
        bytes calldata proof
    ) internal view returns (Verification memory v) {
        Shape memory shape = InferRelation.shapeOf(statement);
        uint256 position;
        // A struct in calldata is a pointer to its first word: its members are of fixed size.
        assembly ("memory-safe") {
            position := statement
        }
        bytes32 state = Engine.statementHash(DOMAIN, position, STATEMENT_BYTES, "server");
        v = Engine.start(shape, state, InferRelation.POINTS, InferRelation.EXTERNALS, proof);
        InferRelation.combine(statement, v);
        Opening.combine(v);
    }

    /// Names of the statement's points, in order.
    function _fields() internal pure returns (bytes32[] memory fields) {
        fields = new bytes32[](InferRelation.POINTS);
        fields[0] = "cTable";
        fields[1] = "cX";
        fields[2] = "cW";
        fields[3] = "cP";
    }

    function _firstPoint(G1Point calldata point) internal pure returns (uint256 position) {
        assembly ("memory-safe") {
            position := point
        }
    }
}
