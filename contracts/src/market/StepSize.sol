// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IShapeErrors} from "../IShapeErrors.sol";

/// @title A campaign's learning rate and weight decay as the integers of the proof (docs/proof-system.md, section 5)
/// @notice Exact: fractions of 64-bit integers, rounded once, half up. No intermediate exceeds 2^166.
library StepSize {
    /// @notice `c = floor(rate / batchRows * 2^{3b - fp} + 1/2)`.
    /// @param batchRows rows a batch, at least 1, below 2^32
    /// @param b bits a limb, at most 16
    /// @param fp fractional bits of predictions, below b
    function gradient(
        uint64 rateNumerator,
        uint64 rateDenominator,
        uint256 batchRows,
        uint256 b,
        uint256 fp
    ) internal pure returns (uint64) {
        return _round(uint256(rateNumerator) << (3 * b - fp), uint256(rateDenominator) * batchRows, 1);
    }

    /// @notice `d = floor(rate * decay * 2^{2b} + 1/2)`; zero is no weight decay.
    function decay(
        uint64 rateNumerator,
        uint64 rateDenominator,
        uint64 decayNumerator,
        uint64 decayDenominator,
        uint256 b
    ) internal pure returns (uint64) {
        uint256 numerator = (uint256(rateNumerator) * decayNumerator) << (2 * b);
        return _round(numerator, uint256(rateDenominator) * decayDenominator, 0);
    }

    function _round(uint256 numerator, uint256 denominator, uint256 lowest) private pure returns (uint64) {
        uint256 step = (2 * numerator + denominator) / (2 * denominator);
        if (step < lowest || step > type(uint64).max)
            revert IShapeErrors.StepOutOfRange(step, lowest, type(uint64).max);
        return uint64(step);
    }
}
