// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// INFER's and EVALUATE's shape and challenges by name, and tables of weights. rhoRow to upsilon, eqRU, and tails to
/// lambdas are memory pointers to words, the others scalars.
struct PredictionPoints {
    /// 2^rows rows, 2^features features, limbs of b bits.
    uint256 rows;
    uint256 features;
    uint256 b;
    /// Number of the first of the last three sums, and of the first of the last five claims.
    uint256 lastSums;
    uint256 lastClaims;
    uint256 alpha;
    uint256 beta;
    uint256 rhoRow;
    uint256 rhoFeature;
    uint256 sigma;
    uint256 upsilon;
    /// eq(r, u) over the first k variables.
    uint256 eqRU;
    /// eq(rho, r) over the rows, and eq(rho, u) over the features.
    uint256 rowR;
    uint256 featureU;
    /// prod_{k >= v} (1 - r_k).
    uint256 tails;
    uint256 gammas;
    uint256 lambdas;
    /// What the first sum-check's initial claim counts with.
    uint256 initialFactor;
    /// The value of claim c counts with claimScale lambda^c = -theta prod(u) lambda^c.
    uint256 claimScale;
}
