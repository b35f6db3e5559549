// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";

/// @title A contract that buys passes, and makes a call of its own when it gets one
contract ReentrantBuyer is ERC165, IERC1155Receiver {
    address private _target;
    bytes private _call;

    /// What the call of its own said when it failed.
    bytes public failure;
    /// Passes that it was given.
    uint256 public received;

    error NotForBatches();

    function plan(address target, bytes calldata call) external {
        (_target, _call) = (target, call);
    }

    function execute(address target, bytes calldata call) external {
        // any function of any contract
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory result) = target.call(call);
        // What the callee said, unchanged.
        assembly ("memory-safe") {
            if iszero(done) {
                revert(add(result, 0x20), mload(result))
            }
        }
    }

    /// @inheritdoc IERC1155Receiver
    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external returns (bytes4) {
        ++received;
        if (_target != address(0)) {
            // any function of any contract: that is the attack
            // solhint-disable-next-line avoid-low-level-calls
            (bool done, bytes memory result) = _target.call(_call);
            if (!done) failure = result;
        }
        return this.onERC1155Received.selector;
    }

    /// @inheritdoc IERC1155Receiver
    function onERC1155BatchReceived(
        address,
        address,
        uint256[] calldata,
        uint256[] calldata,
        bytes calldata
    ) external pure returns (bytes4) {
        revert NotForBatches();
    }
}
