// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ModelKind} from "./ModelKind.sol";

/// @title Reasons for which something could never be proved
interface IShapeErrors {
    /// @notice There is no table of this kind and width: its 2^(b+1) entries exceed the setup, or b is not one of 8, 10, 12,
    /// 14, 16.
    error ModelUnsupported(ModelKind kind, uint256 b);

    /// @notice The proof would need more one-time pads than there are.
    error ShapeBeyondPad(uint256 slotsNeeded, uint256 slotsAvailable);

    /// @notice The proof's polynomials have 2^variables coefficients, the setup has 2^setupLog2.
    error ShapeBeyondSetup(uint256 variables, uint256 setupLog2);

    /// @notice The step does not fit the proof's 64 bits, or is zero: such a campaign would pay for standing still.
    error StepOutOfRange(uint256 step, uint256 lowest, uint256 highest);

    /// @notice The point is not on the curve, or a coordinate is not below the field's modulus.
    error PointInvalid(uint256 x, uint256 y);
}
