// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ShareOpening} from "../CampaignTypes.sol";
import {ICampaignErrors} from "../ICampaignErrors.sol";
import {Bn254, FR} from "../verifier/Bn254.sol";
import {PairingCheck} from "../verifier/PairingCheck.sol";
import {G1Point, G2Point} from "../verifier/VerifierTypes.sol";
import {G1} from "./G1.sol";

/// @title That a share in clear is the one committed to (docs/contracts.md, "Shares in clear")
/// @notice The commitment to values f and blinder s is S = [U(f)(tau)]_1 + s [xi]_1. At the point p, a hash of S, f and s, the
/// contract computes y = U(f)(p) itself; the quotient shows that S - s [xi]_1 takes that value there (KZG 2010).
library ShareProof {
    bytes32 private constant DOMAIN = keccak256("zkml/share/1");

    /// @return what the point depends on beside the share: whose it is, and all commitments of the contribution
    function context(
        uint256 campaignId,
        uint256 roundIndex,
        address provider,
        uint256 aggregatorIndex,
        bytes32 commitmentsHash
    ) internal view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    DOMAIN,
                    block.chainid,
                    address(this),
                    campaignId,
                    roundIndex,
                    provider,
                    aggregatorIndex,
                    commitmentsHash
                )
            );
    }

    /// @notice `e(S - y [1]_1 + p quotient, -[1]_2) e(quotient, [tau]_2) e(s [1]_1, [xi]_2) = 1`, for canonical scalars only.
    function opens(
        G1Point memory commitment,
        bytes32 context_,
        ShareOpening calldata opening,
        G2Point memory tau2,
        G2Point memory xi2
    ) internal view returns (bool holds) {
        _requireCanonical(opening);
        // The values are as many as the context's campaign has features: the encoding is unique.
        bytes32 hash = keccak256(abi.encodePacked(context_, opening.values, opening.blinder));
        uint256 point = uint256(hash) % FR;
        G1Point memory generator = G1Point(1, 2);
        // No overflow: the evaluation is below FR.
        G1Point memory left = G1.add(commitment, G1.multiply(generator, FR - _evaluate(opening.values, point)));
        left = G1.add(left, G1.multiply(opening.quotient, point));
        G1Point memory blinding = G1.multiply(generator, opening.blinder);
        uint256[18] memory input = [
            left.x,
            left.y,
            PairingCheck.G2_X_IM,
            PairingCheck.G2_X_RE,
            PairingCheck.G2_MINUS_Y_IM,
            PairingCheck.G2_MINUS_Y_RE,
            opening.quotient.x,
            opening.quotient.y,
            tau2.xIm,
            tau2.xRe,
            tau2.yIm,
            tau2.yRe,
            blinding.x,
            blinding.y,
            xi2.xIm,
            xi2.xRe,
            xi2.yIm,
            xi2.yRe
        ];
        uint256 pointer;
        // An array of fixed size is a pointer to its first word.
        assembly ("memory-safe") {
            pointer := input
        }
        // All points have been checked: the commitments by `contribute`, the quotient by ecMul, the setup's when it was stored.
        (, holds) = Bn254.pairingHolds(pointer);
    }

    /// Two spellings of one share must not both be in the events.
    function _requireCanonical(ShareOpening calldata opening) private pure {
        uint256 count = opening.values.length;
        for (uint256 i = 0; i < count; ++i) {
            if (opening.values[i] >= FR) revert ICampaignErrors.ShareScalarNotCanonical(i, opening.values[i]);
        }
        if (opening.blinder >= FR) revert ICampaignErrors.ShareScalarNotCanonical(count, opening.blinder);
    }

    /// @return value sum of values[i] * point^i, by Horner's rule
    function _evaluate(uint256[] calldata values, uint256 point) private pure returns (uint256 value) {
        for (uint256 i = values.length; i > 0; --i) {
            value = addmod(mulmod(value, point, FR), values[i - 1], FR);
        }
    }
}
