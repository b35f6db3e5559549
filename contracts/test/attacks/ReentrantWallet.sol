// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A contract wallet that accepts every signature, and makes a call of its own while it is asked
/// @dev Not declared as IERC1271: that interface promises a view, this one breaks the promise.
contract ReentrantWallet {
    address private _target;
    bytes private _call;
    bool private _insistent;

    /// @param insistent whether the wallet refuses the signature if its own call fails
    function plan(address target, bytes calldata call, bool insistent) external {
        (_target, _call, _insistent) = (target, call, insistent);
    }

    /// @notice ERC-1271's function, without `view`.
    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        if (_target != address(0)) {
            // any function of any contract: that is the attack
            // solhint-disable-next-line avoid-low-level-calls
            (bool done, ) = _target.call(_call);
            if (_insistent && !done) return 0;
        }
        return this.isValidSignature.selector;
    }
}
