// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IInferenceErrors} from "../IInferenceErrors.sol";

/// @title Passes as tokens that stay with their buyers
abstract contract PassToken is IInferenceErrors, ERC1155 {
    constructor() ERC1155("") {}

    /// @notice Refused, as every transfer and approval of passes is.
    function safeTransferFrom(address, address, uint256, uint256, bytes memory) public pure override {
        revert PassNotTransferable();
    }

    /// @notice Refused, as every transfer and approval of passes is.
    function safeBatchTransferFrom(
        address,
        address,
        uint256[] memory,
        uint256[] memory,
        bytes memory
    ) public pure override {
        revert PassNotTransferable();
    }

    /// @notice Refused, as every transfer and approval of passes is.
    function setApprovalForAll(address, bool) public pure override {
        revert PassNotTransferable();
    }
}
