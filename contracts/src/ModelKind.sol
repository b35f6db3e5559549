// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The generalised linear models that can be trained, by their activation (docs/proof-system.md, section 5).
enum ModelKind {
    Logistic,
    Linear,
    Poisson
}
