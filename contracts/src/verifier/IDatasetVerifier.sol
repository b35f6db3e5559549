// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DatasetStatement} from "./VerifierTypes.sol";
import {IVerifierErrors} from "./IVerifierErrors.sol";

/// @title Verifier of relation DATASET (docs/proof-system.md, section 7)
interface IDatasetVerifier is IVerifierErrors {
    /// @notice Returns if `proof` proves `statement`, and reverts with an error of IVerifierErrors otherwise.
    /// @dev Stateless: the same answer for every sender, on every chain.
    /// @param statement built by the caller from what it has stored or is about to store
    /// @param proof the bytes of section 3: 64 (15 + n) + 32 (9 + 6 n) with n = n1 = n2
    function verify(DatasetStatement calldata statement, bytes calldata proof) external view;
}
