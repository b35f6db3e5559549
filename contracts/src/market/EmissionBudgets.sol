// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

/// @title Who may spend how many newly minted tokens on rewards
/// @notice Governance (a timelock in production) grants budgets to owners of campaigns; a campaign reserves the most that it can mint when it
/// opens, and what it has not minted returns when it ends.
abstract contract EmissionBudgets is AccessControl {
    /// @notice May grant budgets.
    bytes32 public constant GOVERNANCE_ROLE = keccak256("GOVERNANCE_ROLE");

    mapping(address owner => uint256 baseUnits) private _budgets;

    /// @param amount base units granted
    /// @param budget base units that the owner now has for new campaigns
    event BudgetGranted(address indexed owner, uint256 amount, uint256 budget);

    /// @notice The campaign could mint more than its owner's budget.
    error BudgetExceeded(address owner, uint256 needed, uint256 budget);

    /// @notice Adds to the budget of `owner`.
    /// @param amount base units
    function grantBudget(address owner, uint256 amount) external onlyRole(GOVERNANCE_ROLE) {
        _budgets[owner] += amount;
        emit BudgetGranted(owner, amount, _budgets[owner]);
    }

    /// @return base units that `owner` can still reserve for new campaigns
    function budgetOf(address owner) external view returns (uint256) {
        return _budgets[owner];
    }

    function _reserveBudget(address owner, uint256 amount) internal {
        uint256 budget = _budgets[owner];
        if (amount > budget) revert BudgetExceeded(owner, amount, budget);
        _budgets[owner] = budget - amount;
    }

    function _returnBudget(address owner, uint256 amount) internal {
        _budgets[owner] += amount;
    }
}
