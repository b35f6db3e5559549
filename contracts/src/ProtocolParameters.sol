// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IShapeErrors} from "./IShapeErrors.sol";
import {G1} from "./market/G1.sol";
import {ModelKind} from "./ModelKind.sol";
import {G1Point, G2Point} from "./verifier/VerifierTypes.sol";

// The only chain on which a development setup, whose secrets somebody knows, and windows too short for finality are accepted.
uint256 constant DEVELOPMENT_CHAIN = 31337;

/// @notice What a TRAIN statement takes from the protocol.
struct TrainingParameters {
    /// Fractional bits of predictions and targets.
    uint256 fp;
    /// Commitment to the activation table.
    G1Point cTable;
    /// The setup's [tau]_2 and [xi]_2.
    G2Point tau2;
    G2Point xi2;
}

/// @title The setup's verifier part and the activation tables: the same for every contract, fixed at deployment
/// @notice Anybody can recompute the tables' commitments from section 5 and the setup file.
contract ProtocolParameters is IShapeErrors {
    /// Least setup: the pad alone has 129 coefficients. Greatest: the largest power of two that divides r - 1.
    uint256 private constant SETUP_LOG2_LOWEST = 8;
    uint256 private constant SETUP_LOG2_HIGHEST = 28;
    uint256 private constant KINDS = 3;
    /// Widths b = 8, 10, 12, 14, 16.
    uint256 private constant WIDTHS = 5;
    /// The pairing of one pair costs 79,000 gas; a rejected input burns all that is given.
    uint256 private constant PAIRING_CALL_GAS = 500_000;

    uint256 private immutable SETUP_LOG2;
    bool private immutable UNSAFE_SETUP;
    uint256 private immutable TAU2_X_IM;
    uint256 private immutable TAU2_X_RE;
    uint256 private immutable TAU2_Y_IM;
    uint256 private immutable TAU2_Y_RE;
    uint256 private immutable XI2_X_IM;
    uint256 private immutable XI2_X_RE;
    uint256 private immutable XI2_Y_IM;
    uint256 private immutable XI2_Y_RE;
    /// By kind * WIDTHS + (b - 8) / 2; written by the constructor only.
    G1Point[KINDS * WIDTHS] private _tables;

    /// @notice A development setup can prove anything to whoever made it: it stays on the development chain.
    error UnsafeSetup(uint256 chainId, uint256 developmentChainId);

    /// @notice The setup has 2^setupLog2 points, which is too few or too many.
    error SetupSizeOutOfRange(uint256 setupLog2, uint256 lowest, uint256 highest);

    /// @notice [tau]_2 or [xi]_2 is infinity, not canonical, not on the curve or not in the subgroup.
    error SetupPointInvalid(G2Point point);

    /// @notice The constructor takes one commitment for every kind and width.
    error TableCount(uint256 actual, uint256 expected);

    /// @param setupLog2_ K: the setup has 2^K powers of tau in G1
    /// @param unsafeSetup_ whether the setup was made for development, without a ceremony
    /// @param tables commitments to the activation tables, kind by kind, b = 8, 10, 12, 14, 16 each; (0, 0) for one that
    /// is not offered
    constructor(
        G2Point memory tau2_,
        G2Point memory xi2_,
        uint256 setupLog2_,
        bool unsafeSetup_,
        G1Point[] memory tables
    ) {
        if (unsafeSetup_ && block.chainid != DEVELOPMENT_CHAIN) revert UnsafeSetup(block.chainid, DEVELOPMENT_CHAIN);
        if (setupLog2_ < SETUP_LOG2_LOWEST || setupLog2_ > SETUP_LOG2_HIGHEST) {
            revert SetupSizeOutOfRange(setupLog2_, SETUP_LOG2_LOWEST, SETUP_LOG2_HIGHEST);
        }
        _requireSetupPoint(tau2_);
        _requireSetupPoint(xi2_);
        SETUP_LOG2 = setupLog2_;
        UNSAFE_SETUP = unsafeSetup_;
        (TAU2_X_IM, TAU2_X_RE, TAU2_Y_IM, TAU2_Y_RE) = (tau2_.xIm, tau2_.xRe, tau2_.yIm, tau2_.yRe);
        (XI2_X_IM, XI2_X_RE, XI2_Y_IM, XI2_Y_RE) = (xi2_.xIm, xi2_.xRe, xi2_.yIm, xi2_.yRe);
        if (tables.length != _tables.length) revert TableCount(tables.length, _tables.length);
        for (uint256 i = 0; i < tables.length; ++i) {
            G1.requireValid(tables[i]);
            _tables[i] = tables[i];
        }
    }

    /// @return parameters of TRAIN for models of this kind and width
    function training(ModelKind kind, uint256 b) external view returns (TrainingParameters memory parameters) {
        parameters.cTable = tableCommitment(kind, b);
        parameters.fp = fractionalBits(kind, b);
        parameters.tau2 = tau2();
        parameters.xi2 = xi2();
    }

    /// @return K: polynomials have at most 2^K coefficients
    function setupLog2() external view returns (uint256) {
        return SETUP_LOG2;
    }

    /// @return whether the setup was made for development: its proofs convince nobody
    function unsafeSetup() external view returns (bool) {
        return UNSAFE_SETUP;
    }

    /// @return commitment to the activation table of 2^(b+1) entries
    function tableCommitment(ModelKind kind, uint256 b) public view returns (G1Point memory commitment) {
        if (b < 8 || b > 16 || b % 2 != 0) revert ModelUnsupported(kind, b);
        commitment = _tables[uint256(kind) * WIDTHS + (b - 8) / 2];
        if (commitment.x == 0 && commitment.y == 0) revert ModelUnsupported(kind, b);
    }

    /// @return [tau]_2
    function tau2() public view returns (G2Point memory) {
        return G2Point(TAU2_X_IM, TAU2_X_RE, TAU2_Y_IM, TAU2_Y_RE);
    }

    /// @return [xi]_2
    function xi2() public view returns (G2Point memory) {
        return G2Point(XI2_X_IM, XI2_X_RE, XI2_Y_IM, XI2_Y_RE);
    }

    /// @return fractional bits of predictions and targets: the logistic function's values lie in 0 to 1, the others'
    /// need the range of the features
    function fractionalBits(ModelKind kind, uint256 b) public pure returns (uint256) {
        return kind == ModelKind.Logistic ? b - 2 : b - 4;
    }

    /// The pairing precompile (EIP-197) checks coordinates, curve and subgroup, also beside a G1 point at infinity.
    function _requireSetupPoint(G2Point memory point) private view {
        bool infinity = point.xIm == 0 && point.xRe == 0 && point.yIm == 0 && point.yRe == 0;
        uint256[6] memory input = [0, 0, point.xIm, point.xRe, point.yIm, point.yRe];
        bool valid;
        // Reads the input's six words; the result goes to scratch space.
        assembly ("memory-safe") {
            valid := staticcall(PAIRING_CALL_GAS, 8, input, 0xc0, 0, 0x20)
            valid := and(valid, eq(returndatasize(), 0x20))
        }
        if (infinity || !valid) revert SetupPointInvalid(point);
    }
}
