// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {CampaignProgress, Seat} from "../CampaignTypes.sol";
import {IInferenceMarket} from "../IInferenceMarket.sol";
import {Earnings} from "../InferenceTypes.sol";
import {InferenceStore} from "./InferenceStore.sol";
import {PointShares} from "./PointShares.sol";

/// @title What models have earned, for whom
abstract contract ModelEarnings is InferenceStore, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @inheritdoc IInferenceMarket
    function claim(uint256 modelId, address account) external nonReentrant returns (uint256 amount) {
        (uint256 contributorAmount, uint256 ownerAmount) = _owed(modelId, account);
        amount = contributorAmount + ownerAmount;
        if (amount == 0) revert NothingToClaim(modelId, account);
        _claimed[modelId][account] += contributorAmount;
        _earnings[modelId].ownerClaimed += ownerAmount;
        emit PayoutClaimed(modelId, account, contributorAmount, ownerAmount);
        TOKEN.safeTransfer(account, amount);
    }

    /// @inheritdoc IInferenceMarket
    function claimable(uint256 modelId, address account) external view returns (uint256) {
        (uint256 contributorAmount, uint256 ownerAmount) = _owed(modelId, account);
        return contributorAmount + ownerAmount;
    }

    /// @inheritdoc IInferenceMarket
    function earnings(uint256 modelId) external view returns (Earnings memory current, uint256 contributorsEarned) {
        current = _earnings[modelId];
        contributorsEarned = PointShares.total(model(modelId).points, current.perPoint);
    }

    /// @param contributorsAmount base units, below 2^128
    /// @param ownerAmount base units, below 2^128
    function _creditModel(uint256 modelId, uint256 contributorsAmount, uint256 ownerAmount) internal {
        Earnings storage current = _earnings[modelId];
        (uint256 perPoint, uint64 carry) = PointShares.divide(contributorsAmount, current.carry, model(modelId).points);
        // Overflows after 2^128 base units a point, the owner's share after 2^64 passes of the highest price: what was earned before
        // stays claimable, and passes are closed.
        current.perPoint += perPoint;
        current.carry = carry;
        current.ownerEarned += uint192(ownerAmount);
    }

    function _owed(
        uint256 modelId,
        address account
    ) private view returns (uint256 contributorAmount, uint256 ownerAmount) {
        Earnings storage current = _earnings[modelId];
        CampaignProgress memory progress = CAMPAIGNS.progress(modelId);
        uint256 earned = PointShares.earned(_points(modelId, account, progress.round), current.perPoint);
        contributorAmount = earned - _claimed[modelId][account];
        if (account == progress.owner) ownerAmount = current.ownerEarned - current.ownerClaimed;
    }

    /// What a seat's contributions to averaged rounds count: the model holds nothing of one to the round after these.
    function _points(uint256 modelId, address account, uint256 averaged) private view returns (uint64) {
        Seat memory seat = CAMPAIGNS.seat(modelId, account);
        if (seat.nextRound != averaged + 1 || CAMPAIGNS.disputes(modelId, averaged, account).excluded)
            return seat.points;
        return seat.points - seat.weight;
    }
}
