// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IShapeErrors} from "../IShapeErrors.sol";

/// @title Which shapes can be proved at all
/// @notice Numbers of variables of the two sum-checks (docs/proof-system.md, sections 6, 7, 7a) against the pad's slots
/// (section 4.1) and the setup's size (section 2). Checked when a campaign opens, when a data set is registered or joins,
/// and when a metric or base rate is proved, so that nobody is admitted to a task that it can never prove.
library ProofShape {
    /// Slots of the pad: 128 pairs.
    uint256 private constant PAD_SLOTS = 256;

    /// @notice TRAIN of 2^lb batches of 2^li rows, 2^lk features, 2^lt steps. S1 runs over (batch, feature),
    /// (step, row), (step, 8 limbs, feature) and (tag, table index); S2 over these and over the data set itself.
    function requireTrain(uint256 lb, uint256 li, uint256 lk, uint256 lt, uint256 b, uint256 setupLog2) internal pure {
        uint256 n1 = Math.max(Math.max(lk + lb, lt + li), Math.max(lt + 3 + lk, b + 1));
        uint256 n2 = Math.max(n1, lk + lb + li);
        _require(6, 3, n1, n2, setupLog2);
    }

    /// @notice DATASET of 2^ln rows and 2^lk features.
    function requireDataset(uint256 ln, uint256 lk, uint256 b, uint256 setupLog2) internal pure {
        uint256 n = Math.max(lk + ln, b);
        _require(3, 1, n, n, setupLog2);
    }

    /// @notice EVALUATE on 2^ln rows and 2^lk features.
    function requireEvaluate(uint256 ln, uint256 lk, uint256 b, uint256 setupLog2) internal pure {
        uint256 n1 = Math.max(ln, Math.max(lk + 2, b + 1));
        _require(8, 2, n1, Math.max(n1, lk + ln), setupLog2);
    }

    /// @param pairs values that are multiplied with each other after S1
    /// @param hidden sums whose value stays hidden
    function _require(uint256 pairs, uint256 hidden, uint256 n1, uint256 n2, uint256 setupLog2) private pure {
        uint256 slots = 2 * pairs + hidden + 4 * n1 + 2 * n2;
        if (slots > PAD_SLOTS) revert IShapeErrors.ShapeBeyondPad(slots, PAD_SLOTS);
        if (n2 > setupLog2) revert IShapeErrors.ShapeBeyondSetup(n2, setupLog2);
    }
}
