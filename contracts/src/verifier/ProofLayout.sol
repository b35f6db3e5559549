// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// used in assembly only, which the rule does not see
// solhint-disable-next-line no-unused-import
import {FR} from "./Bn254.sol";
import {IVerifierErrors} from "./IVerifierErrors.sol";
import {Layout, Shape} from "./Verification.sol";

/// @title Where the messages of a proof lie, and whether they are well-formed
library ProofLayout {
    /// Soundness is argued for at most this many variables (section 4.4).
    uint256 internal constant MAX_VARIABLES = 28;

    /// Slots of the pad: a_0 .. a_127, b_0 .. b_127.
    uint256 internal constant PAD_SLOTS = 256;

    /// @notice Refuses a shape that the pad or the soundness argument does not cover.
    function requireSupported(Shape memory shape) internal pure {
        uint256 variables = shape.n1 > shape.n2 ? shape.n1 : shape.n2;
        if (variables > MAX_VARIABLES) revert IVerifierErrors.TooManyVariables(variables, MAX_VARIABLES);
        uint256 slots = 2 * shape.pairs + shape.hidden + 4 * shape.n1 + 2 * shape.n2;
        if (slots > PAD_SLOTS) revert IVerifierErrors.PadCapacityExceeded(slots, PAD_SLOTS);
    }

    /// @notice Positions of the messages; reverts unless the proof has exactly the shape's length.
    function locate(Shape memory shape, bytes calldata proof) internal pure returns (Layout memory layout) {
        uint256 start;
        assembly ("memory-safe") {
            start := proof.offset
        }
        unchecked {
            // The shape's counts are small, and calldata is far below 2^64 bytes.
            layout.columns = start;
            layout.hidden = start + 64 * (3 + shape.phase1Points + shape.phase2Points);
            layout.s1 = layout.hidden + 32 * shape.hidden;
            layout.values = layout.s1 + 128 * shape.n1;
            layout.s2 = layout.values + 32 * (2 * shape.pairs + shape.clear);
            layout.opening = layout.s2 + 64 * shape.n2;
            layout.evaluations = layout.opening + 64 * (5 + shape.n2);
            layout.last = layout.evaluations + 64;
            uint256 expected = layout.last + 192 - start;
            if (proof.length != expected) revert IVerifierErrors.ProofLength(proof.length, expected);
        }
    }

    /// @notice Reverts unless every scalar of the proof is below the group order.
    function requireCanonicalScalars(Layout memory layout) internal pure {
        _requireCanonical(layout.columns, layout.hidden, layout.opening);
        _requireCanonical(layout.columns, layout.evaluations, layout.last);
    }

    /// @param start calldata: where the proof begins, for the error
    function _requireCanonical(uint256 start, uint256 from, uint256 to) private pure {
        // Two words at a time, while there are two; what fails, and the last one of an odd number, is looked at singly.
        assembly ("memory-safe") {
            for {
                let last := sub(to, 0x20)
            } lt(from, last) {
                from := add(from, 0x40)
            } {
                if iszero(and(lt(calldataload(from), FR), lt(calldataload(add(from, 0x20)), FR))) {
                    break
                }
            }
        }
        for (; from < to; from += 32) {
            uint256 value;
            assembly ("memory-safe") {
                value := calldataload(from)
            }
            if (value >= FR) revert IVerifierErrors.NonCanonicalScalar(from - start, value);
        }
    }
}
