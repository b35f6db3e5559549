// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PausableClock} from "./PausableClock.sol";

/// @title A contract that governance, a timelock in production, has some say in
abstract contract Governed is PausableClock {
    /// @notice May do what the contract leaves to governance.
    bytes32 public constant GOVERNANCE_ROLE = keccak256("GOVERNANCE_ROLE");

    /// @param governance gets all roles, and can hand them on
    constructor(address governance) {
        _grantRole(DEFAULT_ADMIN_ROLE, governance);
        _grantRole(GOVERNANCE_ROLE, governance);
        _grantRole(PAUSER_ROLE, governance);
    }
}
