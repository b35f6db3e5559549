// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {InferStatement} from "./VerifierTypes.sol";
import {IVerifierErrors} from "./IVerifierErrors.sol";

/// @title Verifier of relation INFER (docs/proof-system.md, section 7a)
interface IInferenceVerifier is IVerifierErrors {
    /// @notice Returns if `proof` proves `statement`, and reverts with an error of IVerifierErrors otherwise.
    /// @dev Stateless: the same answer for every sender, on every chain. The ranges of the query's features and of the
    /// model's weights are proved here; nothing need be known about cX, cW and cP before.
    /// @param statement built by the caller from what it has stored; lq, cX and cP are what a receipt tells
    /// @param proof the bytes of section 3: 64 (19 + n) + 32 (17 + 6 n) with n = n1 = n2 = max(lk + lq, lk + 2, b + 1)
    function verify(InferStatement calldata statement, bytes calldata proof) external view;
}
