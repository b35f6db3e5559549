// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ModelKind} from "./ModelKind.sol";
import {G1Point} from "./verifier/VerifierTypes.sol";

/// @notice What a campaign's owner fixes for good when it opens.
/// @dev Stored as it is: the order of the members packs what `contribute` reads into two slots.
struct CampaignTerms {
    /// keccak-256 of the schema document's bytes.
    bytes32 schemaHash;
    /// Merkle root of (account, row cap), leaves hashed twice as OpenZeppelin does; zero admits nobody.
    bytes32 allowList;
    /// Learning rate and weight decay, as fractions.
    uint64 rateNumerator;
    uint64 rateDenominator;
    uint64 decayNumerator;
    uint64 decayDenominator;
    /// Features with data, intercept included.
    uint32 feat;
    /// Gradient steps a round.
    uint32 steps;
    /// Most rows that a seat is paid and weighted for in a round.
    uint32 rowCap;
    /// Seconds in which a round takes contributions.
    uint32 contributionSeconds;
    uint16 rounds;
    uint16 minProviders;
    uint16 maxProviders;
    /// The owner's share of what a sale brings after the protocol's fee, in 1/10,000; contributors get the rest.
    uint16 ownerShareBasisPoints;
    /// 2^lk features, 2^lb batches an epoch, room for 2^lt steps.
    uint8 lk;
    uint8 lb;
    uint8 lt;
    /// Bits a limb.
    uint8 b;
    ModelKind kind;
    /// Whether anybody may join, without a reward; allowList is zero then.
    bool openToAll;
    /// Seconds in which seats are taken.
    uint32 joinSeconds;
    /// Seconds, after the contributions: half of them for shares to arrive, half for aggregators to dispute them.
    uint32 shareSeconds;
    /// Seconds, after these, in which providers answer disputes.
    uint32 answerSeconds;
    /// Seconds, after these, in which the average is proved.
    uint32 aggregationSeconds;
    /// Base units minted for a row of a verified contribution.
    uint128 rewardPerRow;
    /// Least price of a query to the finished model, base units.
    uint128 floorPricePerQuery;
}

/// @notice An aggregator and the keys that shares are encrypted to.
struct Aggregator {
    address account;
    /// X25519 public key.
    bytes32 x25519Key;
    /// ML-KEM-768 public key, 1184 bytes.
    bytes mlKemKey;
}

/// @notice What is stored of an aggregator.
struct AggregatorRecord {
    address account;
    bytes32 x25519Key;
    /// keccak-256 of the ML-KEM-768 public key, which is in the event `CampaignOpened`.
    bytes32 mlKemKeyHash;
}

/// @notice Open: seats are taken. Running: rounds. Finished: there is an averaged model. Cancelled: there is none.
enum CampaignState {
    None,
    Open,
    Running,
    Finished,
    Cancelled
}

/// @notice Where a campaign stands. The last two members share a storage slot, and so do the others.
struct CampaignProgress {
    CampaignState state;
    uint8 aggregators;
    /// Rounds averaged so far, which is the present round's number: its model is the latest, in every state.
    uint16 round;
    uint16 seats;
    /// Time of the pausable clock at which the round begins.
    uint40 roundBegins;
    /// Weight decay as the proof's integer.
    uint64 d;
    /// Verified rows of the rounds that are over, without excluded contributions: `points * rewardPerRow` was minted for them.
    uint64 points;
    address owner;
    /// Verified rows of excluded contributions, in all rounds: `excludedPoints * rewardPerRow` was minted for them and burned.
    uint64 excludedPoints;
}

/// @notice A round's model and sums, over the contributions that have not been excluded.
struct Round {
    /// Commitment to the model that the round starts from.
    G1Point model;
    /// Sum of weight * C_out.
    G1Point sum;
    /// Sum of the weights.
    uint64 weightTotal;
    uint16 contributors;
    /// Contributions about which some dispute is not answered.
    uint16 inDispute;
}

/// @notice A provider's seat in a campaign.
struct Seat {
    bytes32 datasetId;
    /// min(n, row cap): rows that a contribution counts for.
    uint32 weight;
    /// 2^li rows a batch.
    uint8 li;
    /// Learning rate over batch rows as the proof's integer.
    uint64 c;
    /// The round after that of the last contribution; 0 before the first.
    uint16 nextRound;
    /// Sum of the weights of the verified contributions that were not excluded.
    uint64 points;
    /// Points whose reward has been paid out.
    uint64 claimedPoints;
    /// `keccak256(abi.encode(cOut, shares))` of the last contribution: what a dispute is held against.
    bytes32 commitmentsHash;
    bytes32 x25519Key;
    /// keccak-256 of the ML-KEM-768 public key, which is in the event `SeatTaken`.
    bytes32 mlKemKeyHash;
}

/// @notice Disputes about a seat's contribution to a round: bit k - 1 is aggregator k's.
struct DisputeRecord {
    /// Disputes that were raised.
    uint8 raised;
    /// Those of them that are not answered.
    uint8 open;
    /// Whether the contribution was excluded for fault.
    bool excluded;
}

/// @notice The commitments of a contribution, as in the event `ContributionVerified`.
struct Commitments {
    /// Commitment to the provider's model.
    G1Point cOut;
    /// Commitments to the shares of all aggregators but the last, whose commitment is cOut less all of these.
    G1Point[] shares;
}

/// @notice A share in clear, and the proof that it is the one committed to.
struct ShareOpening {
    /// k - 1 of the aggregator whose share it is.
    uint256 aggregatorIndex;
    /// The share of the 2^lk weights: scalars below r.
    uint256[] values;
    /// The share of the blinder, below r.
    uint256 blinder;
    /// Commitment to the quotient (docs/contracts.md, "Shares in clear").
    G1Point quotient;
}

/// @notice What a provider joins with.
struct SeatRequest {
    uint256 campaignId;
    bytes32 datasetId;
    /// The account's row cap in the allow-list; the campaign's own where anybody may join.
    uint32 rowCap;
    bytes32 x25519Key;
    bytes mlKemKey;
}

/// @notice Unix times, pauses until now included, at which the present round begins and its windows end.
struct Deadlines {
    /// When the round begins: while the campaign is open, the end of joining.
    uint256 begin;
    uint256 contribution;
    /// When disputes about shares begin: half of the shares' window later.
    uint256 dispute;
    uint256 share;
    uint256 answer;
    uint256 aggregation;
}

/// @notice All that is stored of a campaign.
struct Campaign {
    CampaignTerms terms;
    /// The stored state is never Running: an open campaign runs from `roundBegins` on, if it has enough seats.
    CampaignProgress progress;
    AggregatorRecord[] aggregators;
    bytes32[] testSets;
    /// The round after the present one has its model when the present one is averaged.
    mapping(uint256 round => Round) rounds;
    /// Sum of weight * S_k by round and k - 1, for every aggregator but the last.
    mapping(uint256 round => mapping(uint256 aggregatorIndex => G1Point)) shareSums;
    mapping(address provider => Seat) seats;
    mapping(uint256 round => mapping(address provider => DisputeRecord)) disputes;
}
