// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Reasons to reject a proof
/// @notice Every check of a verifier reverts with one of these. Each selector is one stage of the verification, in the
/// order in which the stages run.
interface IVerifierErrors {
    /// @notice A field of the statement lies outside the range that the relation allows.
    /// @param field the field's name, as in the statement's struct
    /// @param value its value
    /// @param lowest least value allowed
    /// @param highest greatest value allowed
    error StatementOutOfRange(bytes32 field, uint256 value, uint256 lowest, uint256 highest);

    /// @notice `b` is odd.
    error OddLimbWidth(uint256 b);

    /// @notice The shape needs more one-time pads than there are (section 4.1).
    error PadCapacityExceeded(uint256 slotsNeeded, uint256 slotsAvailable);

    /// @notice The sum-checks have more variables than the soundness bound of section 4.4 covers.
    error TooManyVariables(uint256 variables, uint256 highest);

    /// @notice The proof does not have the one length that its statement's shape asks for.
    error ProofLength(uint256 actualBytes, uint256 expectedBytes);

    /// @notice A scalar of the proof is not below the group order r.
    /// @param offsetBytes where the scalar begins in the proof
    error NonCanonicalScalar(uint256 offsetBytes, uint256 value);

    /// @notice A coordinate of a point of the proof is not below the field modulus q.
    /// @param offsetBytes where the point begins in the proof
    error NonCanonicalPoint(uint256 offsetBytes, uint256 x, uint256 y);

    /// @notice A point of the proof is not on the curve.
    /// @param offsetBytes where the point begins in the proof
    error PointNotOnCurve(uint256 offsetBytes, uint256 x, uint256 y);

    /// @notice A G1 point of the statement has a coordinate that is not below q, or is not on the curve.
    /// @param field the field's name, as in the statement's struct
    error StatementPointInvalid(bytes32 field, uint256 x, uint256 y);

    /// @notice A precompile failed on valid input: too little gas, or a chain that lacks it.
    /// @param precompile 5 modexp, 6 and 7 G1
    error PrecompileFailed(uint256 precompile);

    /// @notice The setup's points in G2 are not canonical, not on the curve or not in the subgroup (or the gas
    /// left did not suffice for the pairing).
    error SetupPointsInvalid();

    /// @notice The evaluation point is 0 or in the pad's subgroup H: the prover starts again with fresh randomness.
    error EvaluationPointInDomain(uint256 x);

    /// @notice The pairing equation of section 4.4 does not hold: the proof is false.
    error OpeningEquationFalse();
}
