// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// TRAIN's challenges by name, and tables of weights. alpha, beta, initialFactor and claimScale are scalars, the others
/// memory pointers to words.
struct TrainPoints {
    uint256 alpha;
    uint256 beta;
    /// rho_i (li variables), followed by rho_t (lt variables), followed by rho_k (lk variables).
    uint256 rho;
    uint256 rhoStep;
    uint256 rhoFeature;
    uint256 sigma;
    uint256 upsilon;
    /// eq(r, u) over the first k variables.
    uint256 eqRU;
    /// prod_{k >= v} (1 - r_k).
    uint256 tails;
    uint256 gammas;
    uint256 lambdas;
    /// What the first sum-check's initial claim counts with.
    uint256 initialFactor;
    /// The value of claim c counts with claimScale lambda^c = -theta prod(u) lambda^c.
    uint256 claimScale;
}
