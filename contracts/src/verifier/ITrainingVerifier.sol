// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TrainStatement} from "./VerifierTypes.sol";
import {IVerifierErrors} from "./IVerifierErrors.sol";

/// @title Verifier of relation TRAIN (docs/proof-system.md, section 6)
interface ITrainingVerifier is IVerifierErrors {
    /// @notice Returns if `proof` proves `statement`, and reverts with an error of IVerifierErrors otherwise.
    /// @dev Stateless: the same answer for every sender, on every chain. What TRAIN does not prove, and the caller has
    /// to check beside it, is listed at the end of section 7.
    /// @param statement built by the caller from what it has stored, never from calldata
    /// @param proof the bytes of section 3: 64 (19 + n2) + 32 (18 + 4 n1 + 2 n2)
    function verify(TrainStatement calldata statement, bytes calldata proof) external view;
}
