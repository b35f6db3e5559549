// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IInferenceMarket} from "../IInferenceMarket.sol";
import {Earnings} from "../InferenceTypes.sol";
import {InferenceStore} from "./InferenceStore.sol";

/// @title What models have earned, for whom
/// @notice Contributors' part is kept by the point: `points * perPoint + carry = 2^128 * (all that they earned)`, to the last bit. An
/// account with `p` of the points has earned `floor(p * perPoint / 2^128)`: together never more than was paid, and at most a base unit
/// each less than its part, which later sales make up for.
abstract contract ModelEarnings is InferenceStore, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant ONE = 2 ** 128;

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
        // Rounding up is exact: the carry is below the points, and so below 2^128.
        uint256 points = CAMPAIGNS.progress(modelId).points;
        contributorsEarned = Math.mulDiv(points, current.perPoint, ONE, Math.Rounding.Ceil);
    }

    /// @param contributorsAmount base units, below 2^128
    /// @param ownerAmount base units, below 2^128
    function _creditModel(uint256 modelId, uint256 contributorsAmount, uint256 ownerAmount) internal {
        Earnings storage current = _earnings[modelId];
        uint256 points = CAMPAIGNS.progress(modelId).points;
        // No overflow: the carry is below 2^64.
        uint256 divided = contributorsAmount * ONE + current.carry;
        // Overflows after 2^128 base units a point, the owner's share after 2^64 passes of the highest price: what was earned before
        // stays claimable, and passes are closed.
        current.perPoint += divided / points;
        current.carry = uint64(divided % points);
        current.ownerEarned += uint192(ownerAmount);
    }

    function _owed(
        uint256 modelId,
        address account
    ) private view returns (uint256 contributorAmount, uint256 ownerAmount) {
        Earnings storage current = _earnings[modelId];
        uint256 points = CAMPAIGNS.seat(modelId, account).points;
        contributorAmount = Math.mulDiv(points, current.perPoint, ONE) - _claimed[modelId][account];
        if (account == CAMPAIGNS.progress(modelId).owner) ownerAmount = current.ownerEarned - current.ownerClaimed;
    }
}
