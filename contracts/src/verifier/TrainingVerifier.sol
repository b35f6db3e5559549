// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Engine} from "./Engine.sol";
import {ITrainingVerifier} from "./ITrainingVerifier.sol";
import {Opening} from "./Opening.sol";
import {PairingCheck} from "./PairingCheck.sol";
import {TrainRelation} from "./TrainRelation.sol";
import {Shape, Verification} from "./Verification.sol";
import {G1Point, TrainStatement} from "./VerifierTypes.sol";

/// @title Verifier of relation TRAIN
/// @notice A valid proof shows: exactly `steps` steps of gradient descent on the committed data, from the model in cIn,
/// in the fixed-point arithmetic of section 5, give the model in cOut.
contract TrainingVerifier is ITrainingVerifier {
    /// @notice First word of the statement's encoding.
    bytes32 public constant DOMAIN = keccak256("zkml/train/1");

    uint256 private constant STATEMENT_BYTES = 32 * 32;

    /// @inheritdoc ITrainingVerifier
    function verify(TrainStatement calldata statement, bytes calldata proof) external view {
        Verification memory v = _combined(statement, proof);
        PairingCheck.verify(v, _firstPoint(statement.cTable), _fields());
    }

    /// Everything up to the coefficients of the pairing equation.
    function _combined(
        TrainStatement calldata statement,
        bytes calldata proof
    ) internal view returns (Verification memory v) {
        Shape memory shape = TrainRelation.shapeOf(statement);
        uint256 position;
        // A struct in calldata is a pointer to its first word: its members are of fixed size.
        assembly ("memory-safe") {
            position := statement
        }
        bytes32 state = Engine.statementHash(DOMAIN, position, STATEMENT_BYTES, "contributor");
        v = Engine.start(shape, state, TrainRelation.POINTS, TrainRelation.EXTERNALS, proof);
        TrainRelation.combine(statement, v);
        Opening.combine(v);
    }

    /// Names of the statement's points, in order.
    function _fields() internal pure returns (bytes32[] memory fields) {
        fields = new bytes32[](TrainRelation.POINTS);
        fields[0] = "cTable";
        fields[1] = "cX";
        fields[2] = "cY";
        fields[3] = "cIn";
        fields[4] = "cOut";
    }

    function _firstPoint(G1Point calldata point) internal pure returns (uint256 position) {
        assembly ("memory-safe") {
            position := point
        }
    }
}
