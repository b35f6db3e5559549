// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregationVerifier} from "../../src/verifier/AggregationVerifier.sol";
import {Bn254} from "../../src/verifier/Bn254.sol";
import {DatasetVerifier} from "../../src/verifier/DatasetVerifier.sol";
import {EvaluationVerifier} from "../../src/verifier/EvaluationVerifier.sol";
import {InferenceVerifier} from "../../src/verifier/InferenceVerifier.sol";
import {Opening} from "../../src/verifier/Opening.sol";
import {PairingCheck} from "../../src/verifier/PairingCheck.sol";
import {TrainingVerifier} from "../../src/verifier/TrainingVerifier.sol";
import {Challenges, PadForm, Verification} from "../../src/verifier/Verification.sol";
import {
    AggregateStatement,
    DatasetStatement,
    EvaluateStatement,
    G1Point,
    InferStatement,
    TrainStatement
} from "../../src/verifier/VerifierTypes.sol";
import {Words} from "../../src/verifier/Words.sol";

/// What a verifier computes on its way, so that a difference from the reference can be located.
struct Trace {
    /// In the order of their names: the columns', gamma, r, lambda, u, eta, kappa, y, x, z, w.
    uint256[] challenges;
    PadForm form;
    uint256[] coefficients;
    uint256 generator;
    G1Point left;
    G1Point right;
}

library Tracing {
    function traced(
        Verification memory v,
        uint256 statementPoints,
        bytes32[] memory fields
    ) internal view returns (Trace memory trace) {
        trace.challenges = _challenges(v);
        trace.form = v.form;
        trace.coefficients = _copy(v.coefficients, Opening.statementIndex(v) + fields.length);
        trace.generator = v.generator;
        uint256 sum = Words.allocate(Bn254.SUM_WORDS);
        PairingCheck.leftSide(v, sum, statementPoints, fields);
        trace.left = G1Point(Words.at(sum, 0), Words.at(sum, 1));
        PairingCheck.rightSide(v, sum);
        trace.right = G1Point(Words.at(sum, 0), Words.at(sum, 1));
    }

    function _challenges(Verification memory v) private pure returns (uint256[] memory all) {
        Challenges memory c = v.challenges;
        uint256 drawn = v.shape.phase1Challenges + v.shape.phase2Challenges;
        all = new uint256[](drawn + v.shape.n1 + v.shape.n2 + 8);
        uint256 place = _append(all, 0, c.columns, drawn);
        all[place++] = c.gamma;
        place = _append(all, place, c.r, v.shape.n1);
        all[place++] = c.lambda;
        place = _append(all, place, c.u, v.shape.n2);
        uint256[6] memory last = [c.eta, c.kappa, c.y, c.x, c.z, c.w];
        for (uint256 i = 0; i < 6; ++i) all[place++] = last[i];
    }

    function _append(uint256[] memory all, uint256 place, uint256 words, uint256 count) private pure returns (uint256) {
        for (uint256 i = 0; i < count; ++i) all[place + i] = Words.at(words, i);
        return place + count;
    }

    function _copy(uint256 words, uint256 count) private pure returns (uint256[] memory all) {
        all = new uint256[](count);
        _append(all, 0, words, count);
    }
}

/// The deployed verifier with its intermediate values laid open.
contract TrainingTrace is TrainingVerifier {
    function trace(TrainStatement calldata statement, bytes calldata proof) external view returns (Trace memory) {
        return Tracing.traced(_combined(statement, proof), _firstPoint(statement.cTable), _fields());
    }
}

/// The deployed verifier with its intermediate values laid open.
contract DatasetTrace is DatasetVerifier {
    function trace(DatasetStatement calldata statement, bytes calldata proof) external view returns (Trace memory) {
        return Tracing.traced(_combined(statement, proof), _firstPoint(statement.cX), _fields());
    }
}

/// The deployed verifier with its intermediate values laid open.
contract AggregationTrace is AggregationVerifier {
    function trace(AggregateStatement calldata statement, bytes calldata proof) external view returns (Trace memory) {
        return Tracing.traced(_combined(statement, proof), _firstPoint(statement.cSum), _fields());
    }
}

/// The deployed verifier with its intermediate values laid open.
contract InferenceTrace is InferenceVerifier {
    function trace(InferStatement calldata statement, bytes calldata proof) external view returns (Trace memory) {
        return Tracing.traced(_combined(statement, proof), _firstPoint(statement.cTable), _fields());
    }
}

/// The deployed verifier with its intermediate values laid open.
contract EvaluationTrace is EvaluationVerifier {
    function trace(EvaluateStatement calldata statement, bytes calldata proof) external view returns (Trace memory) {
        return Tracing.traced(_combined(statement, proof), _firstPoint(statement.cTable), _fields());
    }
}
