// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that makes a planned call in the middle of each transfer, and can refuse a recipient
contract HookToken is ERC20 {
    address private _target;
    bytes private _call;
    address private _refused;

    /// Calls that the token made and that succeeded.
    uint256 public succeeded;
    /// What the last one that failed said.
    bytes public failure;

    error Refused(address recipient);

    constructor(address holder) ERC20("Hook", "HOOK") {
        _mint(holder, 2 ** 128);
    }

    function plan(address target, bytes calldata call) external {
        (_target, _call) = (target, call);
    }

    function refuse(address recipient) external {
        _refused = recipient;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (to == _refused && to != address(0)) revert Refused(to);
        if (_target != address(0)) {
            // any function of any contract: that is the attack
            // solhint-disable-next-line avoid-low-level-calls
            (bool done, bytes memory result) = _target.call(_call);
            if (done) ++succeeded;
            else failure = result;
        }
        super._update(from, to, value);
    }
}
