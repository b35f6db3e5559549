// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AggregateStatement} from "./VerifierTypes.sol";
import {IVerifierErrors} from "./IVerifierErrors.sol";

/// @title Verifier of relation AGGREGATE (docs/proof-system.md, section 7a)
interface IAggregationVerifier is IVerifierErrors {
    /// @notice Returns if `proof` proves `statement`, and reverts with an error of IVerifierErrors otherwise.
    /// @dev Stateless: the same answer for every sender, on every chain. Nothing here says that the models in cSum are
    /// in range: the caller sums up commitments that TRAIN proofs, verified by it, have bounded.
    /// @param statement built by the caller from what it has stored; cNext is the one member that may come from calldata
    /// @param proof the bytes of section 3: 64 (15 + n) + 32 (7 + 6 n) with n = n1 = n2
    function verify(AggregateStatement calldata statement, bytes calldata proof) external view;
}
