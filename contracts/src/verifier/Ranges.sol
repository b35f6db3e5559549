// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IVerifierErrors} from "./IVerifierErrors.sol";

/// @title Ranges of a statement's fields, checked before anything else (docs/proof-system.md, section 3)
library Ranges {
    /// A field that counts variables: keeps sums of them, and shifts by them, far from overflow.
    uint256 internal constant MAX_LOG = 28;

    function requireWithin(bytes32 field, uint256 value, uint256 lowest, uint256 highest) internal pure {
        if (value < lowest || value > highest) {
            revert IVerifierErrors.StatementOutOfRange(field, value, lowest, highest);
        }
    }

    /// @notice Bits a limb: even, 8 to 16.
    function requireLimbWidth(uint256 b) internal pure {
        requireWithin("b", b, 8, 16);
        if (b % 2 != 0) revert IVerifierErrors.OddLimbWidth(b);
    }
}
