// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Engine} from "./Engine.sol";
import {EvaluateRelation} from "./EvaluateRelation.sol";
import {IEvaluationVerifier} from "./IEvaluationVerifier.sol";
import {Opening} from "./Opening.sol";
import {PairingCheck} from "./PairingCheck.sol";
import {Shape, Verification} from "./Verification.sol";
import {EvaluateStatement, G1Point} from "./VerifierTypes.sol";

/// @title Verifier of relation EVALUATE, both forms
/// @notice A valid proof shows: on the n rows of the committed data the predictions of the model in cW, in the fixed-point
/// arithmetic of section 5, are off the targets by squaredErrorSum in all; and, unless it is about regression, all targets
/// are classes 0 or 1, and exactly `hits` of the classes predicted are theirs.
contract EvaluationVerifier is IEvaluationVerifier {
    /// @notice First word of the statement's encoding.
    bytes32 public constant DOMAIN = keccak256("zkml/evaluate/1");

    /// @notice First word of the statement's encoding for regression, which has no `hits`.
    bytes32 public constant REGRESSION_DOMAIN = keccak256("zkml/evaluate-regression/1");

    uint256 private constant STATEMENT_BYTES = 28 * 32;

    /// Number of the statement's word `hits`.
    uint256 private constant HITS = 10;

    /// @inheritdoc IEvaluationVerifier
    function verify(EvaluateStatement calldata statement, bytes calldata proof) external view {
        Verification memory v = _combined(statement, proof);
        PairingCheck.verify(v, _firstPoint(statement.cTable), _fields());
    }

    /// Everything up to the coefficients of the pairing equation.
    function _combined(
        EvaluateStatement calldata statement,
        bytes calldata proof
    ) internal view returns (Verification memory v) {
        Shape memory shape = EvaluateRelation.shapeOf(statement);
        uint256 position;
        // A struct in calldata is a pointer to its first word: its members are of fixed size.
        assembly ("memory-safe") {
            position := statement
        }
        bytes32 state =
            statement.regression
                ? Engine.statementHashWithout(HITS, REGRESSION_DOMAIN, position, STATEMENT_BYTES, "prover")
                : Engine.statementHash(DOMAIN, position, STATEMENT_BYTES, "prover");
        v = Engine.start(shape, state, EvaluateRelation.POINTS, EvaluateRelation.EXTERNALS, proof);
        EvaluateRelation.combine(statement, v);
        Opening.combine(v);
    }

    /// Names of the statement's points, in order.
    function _fields() internal pure returns (bytes32[] memory fields) {
        fields = new bytes32[](EvaluateRelation.POINTS);
        fields[0] = "cTable";
        fields[1] = "cX";
        fields[2] = "cY";
        fields[3] = "cW";
    }

    function _firstPoint(G1Point calldata point) internal pure returns (uint256 position) {
        assembly ("memory-safe") {
            position := point
        }
    }
}
