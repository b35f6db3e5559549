// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token without permits, which can take a fee of every transfer
contract FeeToken is ERC20 {
    uint256 private immutable FEE_BASIS_POINTS;

    constructor(uint256 feeBasisPoints, address holder) ERC20("Fee", "FEE") {
        FEE_BASIS_POINTS = feeBasisPoints;
        _mint(holder, type(uint256).max);
    }

    /// The fee leaves with the transfer, and is burned.
    function _update(address from, address to, uint256 value) internal override {
        uint256 fee = from == address(0) ? 0 : (value / 10_000) * FEE_BASIS_POINTS;
        if (fee != 0) super._update(from, address(0), fee);
        super._update(from, to, value - fee);
    }
}
