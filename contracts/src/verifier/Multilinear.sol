// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// used in assembly only, which the rule does not see
// solhint-disable-next-line no-unused-import
import {FR} from "./Bn254.sol";
import {Words} from "./Words.sol";

/// @title Public weights at a point, in time linear in the number of variables (docs/proof-system.md, section 6)
/// @dev Points are memory pointers to words below FR, lowest variable first. Sums of up to five terms below FR fit into
/// a word, so `add` and `sub` are enough where a product reduces the result. The assembly reads the points; it writes to tables
/// only, whose words it reserves first.
library Multilinear {
    /// @notice eq(p, q) = prod_k (p_k q_k + (1 - p_k)(1 - q_k)) over `variables` variables.
    function eq(uint256 p, uint256 q, uint256 variables) internal pure returns (uint256 result) {
        assembly ("memory-safe") {
            result := 1
            // wraps around if q lies before p, and back
            let gap := sub(q, p)
            for {
                let end := add(p, shl(5, variables))
            } lt(p, end) {
                p := add(p, 0x20)
            } {
                let s := mload(p)
                let t := mload(add(p, gap))
                // 1 + 2 s t - s - t, at most 4 FR
                let factor := sub(add(shl(1, mulmod(s, t, FR)), add(shl(1, FR), 1)), add(s, t))
                result := mulmod(result, factor, FR)
            }
        }
    }

    /// @notice eq over the first 0, 1, .. `variables` variables.
    /// @return table memory pointer to `variables` + 1 words
    function eqPrefixes(uint256 p, uint256 q, uint256 variables) internal pure returns (uint256 table) {
        table = Words.allocate(variables + 1);
        // Writes the words just reserved.
        assembly ("memory-safe") {
            let result := 1
            let gap := sub(q, p)
            let place := table
            mstore(place, 1)
            for {
                let end := add(p, shl(5, variables))
            } lt(p, end) {
                p := add(p, 0x20)
            } {
                let s := mload(p)
                let t := mload(add(p, gap))
                let factor := sub(add(shl(1, mulmod(s, t, FR)), add(shl(1, FR), 1)), add(s, t))
                result := mulmod(result, factor, FR)
                place := add(place, 0x20)
                mstore(place, result)
            }
        }
    }

    /// @notice prod_{v <= k < variables} (1 - p_k) for v = 0, 1, .. `variables`: what extends a sum over v variables
    /// to all of them.
    /// @return table memory pointer to `variables` + 1 words
    function tails(uint256 p, uint256 variables) internal pure returns (uint256 table) {
        table = Words.allocate(variables + 1);
        // Writes the words just reserved, the last one first.
        assembly ("memory-safe") {
            let result := 1
            let place := add(table, shl(5, variables))
            mstore(place, 1)
            for {
                let k := add(p, shl(5, variables))
            } gt(k, p) {} {
                k := sub(k, 0x20)
                place := sub(place, 0x20)
                result := mulmod(result, add(sub(FR, mload(k)), 1), FR)
                mstore(place, result)
            }
        }
    }

    /// @notice prod_k p_k and prod_k (1 - p_k): the weights of the last and of the first index.
    function ends(uint256 p, uint256 variables) internal pure returns (uint256 last, uint256 first) {
        assembly ("memory-safe") {
            last := 1
            first := 1
            for {
                let end := add(p, shl(5, variables))
            } lt(p, end) {
                p := add(p, 0x20)
            } {
                let s := mload(p)
                last := mulmod(last, s, FR)
                first := mulmod(first, add(sub(FR, s), 1), FR)
            }
        }
    }

    /// @notice sum_{x < n} eq(p, x) eq(q, x).
    /// @param n 0 to 2^variables
    function eqBelow(uint256 p, uint256 q, uint256 variables, uint256 n) internal pure returns (uint256 result) {
        assembly ("memory-safe") {
            let full := 1
            let bits := n
            for {
                let end := add(p, shl(5, variables))
            } lt(p, end) {} {
                let s := mload(p)
                let t := mload(q)
                let high := mulmod(s, t, FR)
                // (1 - s)(1 - t), at most 4 FR
                let low := add(add(high, 1), add(sub(FR, s), sub(FR, t)))
                switch and(bits, 1)
                case 0 {
                    result := mulmod(low, result, FR)
                }
                default {
                    result := addmod(mulmod(low, full, FR), mulmod(high, result, FR), FR)
                }
                full := mulmod(full, add(low, high), FR)
                bits := shr(1, bits)
                p := add(p, 0x20)
                q := add(q, 0x20)
            }
            if bits {
                result := full
            }
        }
    }

    /// @notice sum_{x < n} eq(p, x).
    /// @param n 0 to 2^variables
    function below(uint256 p, uint256 variables, uint256 n) internal pure returns (uint256 result) {
        assembly ("memory-safe") {
            for {
                let end := add(p, shl(5, variables))
            } lt(p, end) {
                p := add(p, 0x20)
            } {
                let s := mload(p)
                let low := add(sub(FR, s), 1)
                switch and(n, 1)
                case 0 {
                    result := mulmod(low, result, FR)
                }
                default {
                    result := addmod(low, mulmod(s, result, FR), FR)
                }
                n := shr(1, n)
            }
            if n {
                result := 1
            }
        }
    }

    /// @notice sum_y eq(p, y) eq(q, y + 1) over y without the last one.
    function successor(uint256 p, uint256 q, uint256 variables) internal pure returns (uint256 result) {
        assembly ("memory-safe") {
            let carry := 1
            for {
                let end := add(p, shl(5, variables))
            } lt(p, end) {} {
                let s := mload(p)
                let t := mload(q)
                let both := mulmod(s, t, FR)
                let up := add(t, sub(FR, both)) // (1 - s) t
                let same := add(add(shl(1, both), 1), add(sub(FR, s), sub(FR, t)))
                result := addmod(mulmod(result, same, FR), mulmod(carry, up, FR), FR)
                carry := mulmod(carry, add(s, sub(FR, both)), FR)
                p := add(p, 0x20)
                q := add(q, 0x20)
            }
        }
    }

    /// @notice sum_k 2^k p_k: the index itself, as a polynomial.
    /// @param variables at most 64
    function index(uint256 p, uint256 variables) internal pure returns (uint256 result) {
        assembly ("memory-safe") {
            // Horner's rule, from the highest variable down
            for {
                let k := add(p, shl(5, variables))
            } gt(k, p) {} {
                k := sub(k, 0x20)
                result := addmod(shl(1, result), mload(k), FR)
            }
        }
    }

    /// @notice first, first base, .. first base^(count - 1).
    /// @return table memory pointer to `count` words
    function powers(uint256 first, uint256 base, uint256 count) internal pure returns (uint256 table) {
        table = Words.allocate(count);
        // Writes the words just reserved.
        assembly ("memory-safe") {
            let power := first
            let place := table
            for {
                let end := add(table, shl(5, count))
            } lt(place, end) {
                place := add(place, 0x20)
            } {
                mstore(place, power)
                power := mulmod(power, base, FR)
            }
        }
    }
}
