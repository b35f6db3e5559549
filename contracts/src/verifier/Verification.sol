// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// How many messages of each kind a relation's proof has (docs/proof-system.md, section 3).
struct Shape {
    /// Committed witness columns of phase 1 and phase 2.
    uint256 phase1Points;
    uint256 phase2Points;
    /// Challenges after phase 1, and those after phase 2 (the relation's points).
    uint256 phase1Challenges;
    uint256 phase2Challenges;
    /// Padded sums.
    uint256 hidden;
    /// Pairs of padded values after the first sum-check, and values in clear after them.
    uint256 pairs;
    uint256 clear;
    /// Rounds of the first and of the second sum-check.
    uint256 n1;
    uint256 n2;
}

/// Where the messages begin, as offsets in calldata.
struct Layout {
    /// A, B, C and the witness columns.
    uint256 columns;
    uint256 hidden;
    uint256 s1;
    uint256 values;
    uint256 s2;
    /// C_V, C_nu, q_0 .., R, Q, g.
    uint256 opening;
    /// a, e.
    uint256 evaluations;
    /// pi_1, pi_2, delta.
    uint256 last;
}

/// What the transcript gives. `columns`, `r` and `u` are memory pointers to words.
struct Challenges {
    /// Phase 1's challenges, then phase 2's.
    uint256 columns;
    uint256 gamma;
    uint256 r;
    uint256 lambda;
    uint256 u;
    uint256 eta;
    uint256 kappa;
    uint256 y;
    uint256 x;
    uint256 z;
    uint256 w;
}

/// The combined equation of section 4.4, `constantTerm + <a, wa> + <b, wb> + <c, wc> + theta V = 0`, with the weight
/// vectors already evaluated at x: `weightA = sum_j wa_j L_j(x)`, and so on.
struct PadForm {
    uint256 constantTerm;
    uint256 weightA;
    uint256 weightB;
    uint256 weightC;
    uint256 theta;
}

/// A proof under verification.
struct Verification {
    Shape shape;
    Layout layout;
    Challenges challenges;
    PadForm form;
    /// Memory pointer to L_0(x), L_1(x), .. for every index of the pad that is used.
    uint256 lagrange;
    /// x^128 - 1 and 1 / x.
    uint256 vanishing;
    uint256 xInverse;
    /// Memory pointer to x^-(2^k - 1) for k = 0 .. n2.
    uint256 inversePowers;
    /// Memory pointer to z^3 y^k, the factors of line 4 of P1.
    uint256 boundScales;
    /// Memory pointer to the coefficients of the point paired with [1]_2, in this order: A, B, C, witness columns; C_V,
    /// C_nu, q_0 .., R, Q, g; pi_1, pi_2; the statement's points.
    uint256 coefficients;
    /// Coefficient of the generator in the same point.
    uint256 generator;
}
