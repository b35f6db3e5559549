// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Governed} from "./Governed.sol";

/// @title Who may spend how many newly minted tokens on rewards
/// @notice Governance (a timelock in production) grants budgets to owners of campaigns, and takes back what is not reserved; a campaign reserves the most that it can mint when it
/// opens, and what it has not minted returns when it ends. What it minted is spent, also where it was burned.
abstract contract EmissionBudgets is Governed {
    /// Most that a grant can bring a budget to, base units. A campaign reserves less than 2^176: rounds are below 2^16, rows a
    /// round at most 2^32, the reward of one below 2^128. So what returns cannot overflow a budget before 2^79 campaigns have ended.
    uint256 private constant BUDGET_HIGHEST = type(uint192).max;

    mapping(address owner => uint256 baseUnits) private _budgets;

    /// @param amount base units granted
    /// @param budget base units that the owner now has for new campaigns
    event BudgetGranted(address indexed owner, uint256 amount, uint256 budget);

    /// @param amount base units taken back
    /// @param budget base units that the owner still has for new campaigns
    event BudgetRevoked(address indexed owner, uint256 amount, uint256 budget);

    /// @notice The grant would bring the owner's budget above `highest`: grant less.
    /// @param amount base units to be granted
    /// @param budget base units that the owner has
    error BudgetTooLarge(address owner, uint256 amount, uint256 budget, uint256 highest);

    /// @notice The campaign could mint more than its owner's budget.
    error BudgetExceeded(address owner, uint256 needed, uint256 budget);

    /// @notice Adds to the budget of `owner`, up to 2^192 - 1.
    /// @param amount base units
    function grantBudget(address owner, uint256 amount) external onlyRole(GOVERNANCE_ROLE) {
        uint256 budget = _budgets[owner];
        if (amount > BUDGET_HIGHEST || budget + amount > BUDGET_HIGHEST) {
            revert BudgetTooLarge(owner, amount, budget, BUDGET_HIGHEST);
        }
        _budgets[owner] = budget + amount;
        emit BudgetGranted(owner, amount, budget + amount);
    }

    /// @notice Takes back of the budget of `owner` what its campaigns have not reserved, if its key was stolen or never was anybody's.
    /// @param highest base units, at most: no reservation that comes before makes the call fail
    function revokeBudget(address owner, uint256 highest) external onlyRole(GOVERNANCE_ROLE) {
        uint256 budget = _budgets[owner];
        uint256 amount = highest < budget ? highest : budget;
        _budgets[owner] = budget - amount;
        emit BudgetRevoked(owner, amount, budget - amount);
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
