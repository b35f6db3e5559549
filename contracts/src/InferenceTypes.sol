// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {G1Point} from "./verifier/VerifierTypes.sol";

/// @notice What a pass can be: so many rows answered within a term, for a price.
struct Tier {
    /// Rows that may be asked, at least 1.
    uint32 queries;
    /// Seconds from the purchase on in which they may be asked, at least 1.
    uint32 termSeconds;
    /// Base units for the whole pass: at least `queries` times the campaign's floor price of a query.
    uint128 price;
}

/// @notice An EIP-2612 permit of the buyer's to the market, over exactly the price.
struct Permit {
    /// Last second at which it is good; 0 if there is none.
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice What an owner says about its model. What the model is, stands in the campaign.
struct Listing {
    /// Account that answers and signs receipts.
    address seller;
    /// Where it answers: at most 256 bytes, checked by nobody.
    string endpoint;
}

/// @notice A finished campaign's model, from the campaign.
struct Model {
    address owner;
    /// Rounds averaged, which is the number of the model.
    uint16 version;
    /// Verified rows behind it, of averaged rounds alone: contributors share by these.
    uint64 points;
    /// Commitment to the last average.
    G1Point commitment;
}

/// @notice A pass. Everything but `redeemed` and `closed` is fixed when it is bought.
struct Pass {
    address buyer;
    /// Rows that may be asked.
    uint32 queries;
    /// Rows whose price has been released.
    uint32 redeemed;
    /// The protocol's fee on what is released, in 1/10,000.
    uint16 feeBasisPoints;
    /// Whether the rest of the price went back.
    bool closed;
    /// Key that signs for the rows asked.
    address sessionKey;
    /// End of the term: in storage as a time of the pausable clock, in what is returned as Unix time, pauses until now included.
    uint40 termEnd;
    /// Account that answers.
    address seller;
    /// Base units paid.
    uint128 price;
    uint256 modelId;
}

/// @notice What a model has earned after the protocol's fee, base units.
struct Earnings {
    /// What each point has earned, with 128 fractional bits.
    uint256 perPoint;
    /// What the last division by the points left, in units of the last fractional bit; below the points.
    uint64 carry;
    /// The owner's share of all that was released.
    uint192 ownerEarned;
    /// How much of it was paid out.
    uint256 ownerClaimed;
}

/// @notice What a seller signs with its answer, and the proof's statement takes from it.
// solhint-disable-next-line gas-struct-packing
struct Receipt {
    uint256 modelId;
    uint256 passId;
    /// Rows asked so far, those answered here included.
    uint32 count;
    /// EIP-712 digest of the query.
    bytes32 queryId;
    /// Rounds averaged into the model.
    uint16 version;
    /// 2^lq rows, padding included.
    uint8 lq;
    /// Commitments to the query's features and to the predictions.
    G1Point cX;
    G1Point cP;
    /// Last second, as Unix time, at which the seller owes the proof.
    uint256 proofDeadline;
}
