// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {StepSize} from "../../src/market/StepSize.sol";
import {TestBase} from "../TestBase.sol";

/// @title StepSize as calls, so that a test can catch what it refuses, and JavaScript can compare it with rationals
contract StepSizeCalls {
    function gradient(
        uint64 rateNumerator,
        uint64 rateDenominator,
        uint32 batchRows,
        uint8 b,
        uint8 fp
    ) external pure returns (uint256) {
        return StepSize.gradient(rateNumerator, rateDenominator, batchRows, b, fp);
    }

    function decay(
        uint64 rateNumerator,
        uint64 rateDenominator,
        uint64 decayNumerator,
        uint64 decayDenominator,
        uint8 b
    ) external pure returns (uint256) {
        return StepSize.decay(rateNumerator, rateDenominator, decayNumerator, decayDenominator, b);
    }
}

/// @title A step is the integer nearest to the fraction, the greater one of two
contract StepSizeTest is TestBase {
    StepSizeCalls private immutable CALLS = new StepSizeCalls();

    error NotNearest(uint256 step, uint256 numerator, uint256 denominator);
    error RefusedWithoutReason(uint256 numerator, uint256 denominator);

    function testFuzzGradient(
        uint64 numerator,
        uint64 denominator,
        uint32 rows,
        uint8 width,
        bool logistic
    ) external view {
        uint8 b = _width(width);
        uint8 fp = logistic ? b - 2 : b - 4;
        uint64 rateDenominator = uint64(bound(denominator, 1, type(uint64).max));
        uint32 batchRows = uint32(bound(rows, 1, type(uint32).max));
        uint256 top = uint256(numerator) << (3 * b - fp);
        uint256 bottom = uint256(rateDenominator) * batchRows;
        try CALLS.gradient(numerator, rateDenominator, batchRows, b, fp) returns (uint256 step) {
            _requireNearest(step, top, bottom);
            if (step == 0) revert NotNearest(step, top, bottom);
        } catch {
            bool zero = 2 * top < bottom;
            bool large = 2 * top + bottom >= (2 * bottom) << 64;
            if (!zero && !large) revert RefusedWithoutReason(top, bottom);
        }
    }

    function testFuzzDecay(
        uint64 rateNumerator,
        uint64 rateDenominator,
        uint64 decayNumerator,
        uint64 decayDenominator,
        uint8 width
    ) external view {
        uint8 b = _width(width);
        rateDenominator = uint64(bound(rateDenominator, 1, type(uint64).max));
        decayDenominator = uint64(bound(decayDenominator, 1, type(uint64).max));
        uint256 top = (uint256(rateNumerator) * decayNumerator) << (2 * b);
        uint256 bottom = uint256(rateDenominator) * decayDenominator;
        try CALLS.decay(rateNumerator, rateDenominator, decayNumerator, decayDenominator, b) returns (uint256 step) {
            _requireNearest(step, top, bottom);
        } catch {
            if (2 * top + bottom < (2 * bottom) << 64) revert RefusedWithoutReason(top, bottom);
        }
    }

    /// step - 1/2 <= numerator / denominator < step + 1/2.
    function _requireNearest(uint256 step, uint256 numerator, uint256 denominator) private pure {
        bool low = 2 * step * denominator <= 2 * numerator + denominator;
        bool high = 2 * numerator < (2 * step + 1) * denominator;
        if (!low || !high || step > type(uint64).max) revert NotNearest(step, numerator, denominator);
    }

    function _width(uint8 seed) private pure returns (uint8) {
        return 8 + 2 * (seed % 5);
    }
}
