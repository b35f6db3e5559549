// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IInferenceMarket} from "../IInferenceMarket.sol";
import {Governed} from "./Governed.sol";
import {InferenceStore} from "./InferenceStore.sol";

/// @title The protocol's fee: how much, to whom
abstract contract ProtocolFees is InferenceStore, Governed, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice The most that governance can set, in 1/10,000.
    uint16 public constant MAX_FEE = 1000;

    uint16 private _feeBasisPoints;
    address private _treasury;
    uint256 private _fees;

    constructor(address treasury_) {
        _setTreasury(treasury_);
    }

    /// @inheritdoc IInferenceMarket
    function setFee(uint16 basisPoints) external onlyRole(GOVERNANCE_ROLE) {
        if (basisPoints > MAX_FEE) revert FeeTooHigh(basisPoints, MAX_FEE);
        _feeBasisPoints = basisPoints;
        emit FeeSet(basisPoints);
    }

    /// @inheritdoc IInferenceMarket
    function setTreasury(address treasury_) external onlyRole(GOVERNANCE_ROLE) {
        _setTreasury(treasury_);
    }

    /// @inheritdoc IInferenceMarket
    function claimFees() external nonReentrant returns (uint256 amount) {
        amount = _fees;
        if (amount == 0) revert NoFees(_treasury);
        _fees = 0;
        emit FeesClaimed(_treasury, amount);
        TOKEN.safeTransfer(_treasury, amount);
    }

    /// @inheritdoc IInferenceMarket
    function fees() external view returns (uint256) {
        return _fees;
    }

    /// @inheritdoc IInferenceMarket
    function treasury() external view returns (address) {
        return _treasury;
    }

    /// @inheritdoc IInferenceMarket
    function feeBasisPoints() public view returns (uint16) {
        return _feeBasisPoints;
    }

    /// @param amount base units, which the contract holds
    function _creditFee(uint256 amount) internal {
        _fees += amount;
    }

    function _setTreasury(address treasury_) private {
        if (treasury_ == address(0)) revert TreasuryZero();
        _treasury = treasury_;
        emit TreasurySet(treasury_);
    }
}
