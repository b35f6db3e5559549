// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EvaluateStatement} from "./VerifierTypes.sol";
import {IVerifierErrors} from "./IVerifierErrors.sol";

/// @title Verifier of relation EVALUATE, both forms (docs/proof-system.md, section 7a)
interface IEvaluationVerifier is IVerifierErrors {
    /// @notice Returns if `proof` proves `statement`, and reverts with an error of IVerifierErrors otherwise.
    /// @dev Stateless: the same answer for every sender, on every chain. Nothing here says that the entries of cX and cY
    /// are in range, nor that rows past n are padding: the caller takes data sets whose DATASET proof it has verified.
    /// @param statement built by the caller from what it has stored; hits and squaredErrorSum may come from calldata
    /// @param proof the bytes of section 3: 64 (20 + n2) + 32 (21 + 4 n1 + 2 n2) with n1 = max(ln, lk + 2, b + 1) and
    /// n2 = max(n1, lk + ln); for regression 64 (19 + n2) + 32 (17 + 4 n1 + 2 n2)
    function verify(EvaluateStatement calldata statement, bytes calldata proof) external view;
}
