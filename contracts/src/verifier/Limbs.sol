// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {FR} from "./Bn254.sol";
import {Words} from "./Words.sol";

/// Weights of the limb index l of the column aux at a point; TRAIN and AGGREGATE lay out their eight limbs alike.
struct LimbWeights {
    /// aux_0 + 2^b aux_1 + 2^(2b) aux_2: a weight, plus its offset.
    uint256 model;
    /// aux_1 + 2^b aux_2: a forward weight, plus its offset.
    uint256 forward;
    /// aux_3 + 2^b aux_4: the remainder of the rounding.
    uint256 remainder;
    /// aux_5 + 2^b aux_6 + 2^(2b) aux_7: TRAIN's final weight, plus its offset.
    uint256 result;
}

/// @title The limbs of the column aux (docs/proof-system.md, sections 6 and 7a)
library Limbs {
    using Words for uint256;

    /// @notice The weights of TRAIN's and AGGREGATE's eight limbs.
    /// @param u memory: the point's three variables of l
    /// @param base 2^b
    function weights(uint256 u, uint256 base) internal pure returns (LimbWeights memory limbs) {
        uint256 high = u.at(2);
        uint256 low = FR + 1 - high;
        uint256 three = mulmod(u.at(0), u.at(1), FR);
        // weights of l mod 4 = 1, 2, 0
        uint256 one = u.at(0) + FR - three;
        uint256 two = u.at(1) + FR - three;
        uint256 zero = 3 * FR + 1 - one - u.at(1);
        limbs.forward = mulmod(low, addmod(one, mulmod(base, two, FR), FR), FR);
        limbs.model = addmod(mulmod(low, zero, FR), mulmod(base, limbs.forward, FR), FR);
        limbs.remainder = addmod(mulmod(low, three, FR), mulmod(high, mulmod(base, zero, FR), FR), FR);
        three = addmod(two, mulmod(base, three, FR), FR);
        limbs.result = mulmod(high, addmod(one, mulmod(base, three, FR), FR), FR);
    }

    /// @notice The same for INFER and EVALUATE, which have only the four limbs of one weight.
    /// @param u memory: the point's two variables of l
    /// @param base 2^b
    /// @return model aux_0 + 2^b aux_1 + 2^(2b) aux_2
    /// @return forward aux_1 + 2^b aux_2
    function modelWeights(uint256 u, uint256 base) internal pure returns (uint256 model, uint256 forward) {
        uint256 three = mulmod(u.at(0), u.at(1), FR);
        uint256 one = u.at(0) + FR - three;
        uint256 zero = 3 * FR + 1 - one - u.at(1);
        forward = addmod(one, mulmod(base, u.at(1) + FR - three, FR), FR);
        model = addmod(zero, mulmod(base, forward, FR), FR);
    }
}
