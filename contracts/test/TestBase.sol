// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The cheat codes of Hardhat's Solidity test runner that the tests use.
interface IVm {
    function assume(bool condition) external pure;

    function prank(address sender) external;

    function expectRevert(bytes calldata revertData) external;

    function warp(uint256 timestamp) external;

    function roll(uint256 blockNumber) external;

    function deal(address account, uint256 balanceWei) external;
}

/// @notice What Solidity tests (`*.t.sol`) start from: cheat codes, assertions, targets of invariant tests.
abstract contract TestBase {
    IVm internal constant VM = IVm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// The runner asks a contract for this name before it runs its tests.
    bool public constant IS_TEST = true;

    address[] private _targets;

    error NotEqual(uint256 actual, uint256 expected);
    error Above(uint256 actual, uint256 highest);

    /// Contracts that an invariant test calls at random.
    function targetContracts() public view returns (address[] memory) {
        return _targets;
    }

    function targetContract(address target) internal {
        _targets.push(target);
    }

    /// Maps any value into [lowest, highest], and a value already there to itself.
    function bound(uint256 value, uint256 lowest, uint256 highest) internal pure returns (uint256) {
        if (value >= lowest && value <= highest) return value;
        return lowest + (value % (highest - lowest + 1));
    }

    function assertEq(uint256 actual, uint256 expected) internal pure {
        if (actual != expected) revert NotEqual(actual, expected);
    }

    function assertLe(uint256 actual, uint256 highest) internal pure {
        if (actual > highest) revert Above(actual, highest);
    }
}
