// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title Token in which verified training contributions are paid
/// @notice ERC-20 with permit, 18 decimals. It has one minter for good and no owner: what was ever minted
/// of it, burned or not, was for verified contributions and within the budgets that governance granted.
contract RewardToken is ERC20, ERC20Permit {
    address private immutable MINTER;

    /// @notice Somebody else than the minter tried to mint, or to burn.
    error NotMinter(address sender, address minter);

    /// @param minter_ the only account that can ever mint: TrainingCampaigns, which creates the token for itself
    constructor(address minter_) ERC20("zkML Reward", "ZKML") ERC20Permit("zkML Reward") {
        MINTER = minter_;
    }

    /// @param amount base units
    function mint(address to, uint256 amount) external {
        if (msg.sender != MINTER) revert NotMinter(msg.sender, MINTER);
        _mint(to, amount);
    }

    /// @notice Burns what the minter itself holds: rewards in escrow of contributions that were excluded.
    /// @param amount base units
    function burn(uint256 amount) external {
        if (msg.sender != MINTER) revert NotMinter(msg.sender, MINTER);
        _burn(MINTER, amount);
    }

    /// @return the only account that can mint
    function minter() external view returns (address) {
        return MINTER;
    }
}
