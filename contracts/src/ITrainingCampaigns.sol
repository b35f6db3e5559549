// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    Aggregator,
    AggregatorRecord,
    CampaignProgress,
    CampaignState,
    CampaignTerms,
    Deadlines,
    Round,
    Seat,
    SeatRequest
} from "./CampaignTypes.sol";
import {ICampaignErrors} from "./ICampaignErrors.sol";
import {Authorization} from "./market/SignedMessages.sol";
import {G1Point, TrainStatement} from "./verifier/VerifierTypes.sol";

/// @title Training campaigns: who trains what, in which round, for what reward
/// @notice A campaign opens, seats are taken, rounds run. In each round a seat contributes once, with a TRAIN proof of a
/// statement built from what is stored here; its reward is minted into escrow and released when the round is over.
/// Amounts are base units of the reward token, times are Unix seconds. Signed messages are EIP-712 with the domain
/// ("zkML TrainingCampaigns", "1", chain, this contract).
interface ITrainingCampaigns is ICampaignErrors {
    event CampaignOpened(
        uint256 indexed campaignId,
        address indexed owner,
        bytes32 indexed schemaHash,
        CampaignTerms terms,
        G1Point firstModel,
        Aggregator[] aggregators,
        bytes32[] testSets,
        uint256 budgetReserved
    );
    event SeatTaken(
        uint256 indexed campaignId,
        address indexed provider,
        bytes32 indexed datasetId,
        uint32 weight,
        uint64 c,
        bytes32 x25519Key,
        bytes mlKemKey
    );
    event ContributionVerified(
        uint256 indexed campaignId,
        uint256 indexed round,
        address indexed provider,
        bytes32 datasetId,
        uint32 weight,
        G1Point cOut,
        G1Point[] shares,
        bytes32 proofHash
    );
    event RewardMinted(uint256 indexed campaignId, uint256 indexed round, address indexed provider, uint256 amount);
    event RoundLapsed(uint256 indexed campaignId, uint256 indexed round);
    event CampaignCancelled(uint256 indexed campaignId, uint256 budgetReturned);
    event PayoutClaimed(uint256 indexed campaignId, address indexed provider, uint256 amount);

    /// @notice Opens a campaign of the sender's, and reserves the most that it can mint of the sender's budget.
    /// @param firstModel commitment to the model of round 0; infinity, (0, 0), is the zero model with blinder zero
    /// @param aggregators two to eight; the first is the sender
    /// @param consents of the aggregators but the first, in order. Each signs `Aggregate(address aggregator,address owner,
    /// bytes32 schemaHash,bytes32 x25519Key,bytes mlKemKey,uint256 nonce,uint256 deadline)` (one line, no space after commas),
    /// so that nobody can put a key of its own under another's name
    /// @param testSets at most eight registered data sets of others, for independent metrics
    function open(
        CampaignTerms calldata terms,
        G1Point calldata firstModel,
        Aggregator[] calldata aggregators,
        Authorization[] calldata consents,
        bytes32[] calldata testSets
    ) external returns (uint256 campaignId);

    /// @notice Takes a seat for the data set's provider, who signs `Join(uint256 campaignId,bytes32 datasetId,uint32 rowCap,
    /// bytes32 x25519Key,bytes mlKemKey,uint256 nonce,uint256 deadline)` (one line, no space after commas). Rounds begin with
    /// the last seat, else when the time for joining is over.
    /// @param membership Merkle proof of (provider, row cap) in the allow-list; not read where anybody may join
    function join(
        SeatRequest calldata request,
        bytes32[] calldata membership,
        Authorization calldata authorization
    ) external;

    /// @notice Verifies a contribution to the present round and mints its reward into escrow. Anybody may send it; the
    /// provider signs `Contribute(uint256 campaignId,uint256 round,bytes32 datasetId,G1Point cOut,G1Point[] shares,
    /// bytes32 proofHash,uint256 nonce,uint256 deadline)` (one line, no space after commas) with `proofHash = keccak256(proof)`.
    /// @param cOut commitment to the provider's model after the round's steps
    /// @param shares commitments to the shares of all aggregators but the last
    /// @param proof the bytes of a TRAIN proof of `trainStatement(campaignId, round, datasetId, cOut)`
    function contribute(
        uint256 campaignId,
        uint256 round,
        bytes32 datasetId,
        G1Point calldata cOut,
        G1Point[] calldata shares,
        bytes calldata proof,
        Authorization calldata authorization
    ) external;

    /// @notice Ends a campaign that found too few providers in time. Anybody may.
    function cancel(uint256 campaignId) external;

    /// @notice Ends a round that was not averaged in time, or got too few contributions, and the campaign with it. Anybody may.
    function lapse(uint256 campaignId) external;

    /// @notice Pays the provider what rounds that are over owe it. Anybody may call it, also during a pause.
    /// @return amount base units
    function claim(uint256 campaignId, address provider) external returns (uint256 amount);

    /// @notice What `contribute` would verify for `cOut`, or has verified, in a round that has begun.
    function trainStatement(
        uint256 campaignId,
        uint256 round,
        bytes32 datasetId,
        G1Point calldata cOut
    ) external view returns (TrainStatement memory);

    /// @notice What the owner fixed.
    function campaign(uint256 campaignId) external view returns (CampaignTerms memory);

    /// @notice Where the campaign stands, `state` as of now.
    function progress(uint256 campaignId) external view returns (CampaignProgress memory);

    /// @notice The state as of now.
    function state(uint256 campaignId) external view returns (CampaignState);

    /// @notice When the present round's windows end. A pause under way moves them on with every second.
    function deadlines(uint256 campaignId) external view returns (Deadlines memory);

    /// @notice Aggregators in the order of their shares.
    function aggregators(uint256 campaignId) external view returns (AggregatorRecord[] memory);

    /// @notice Data sets for independent metrics.
    function testSets(uint256 campaignId) external view returns (bytes32[] memory);

    /// @notice A round's model and sums; all zero before it begins.
    function round(uint256 campaignId, uint256 roundIndex) external view returns (Round memory);

    /// @notice Sum of weight * S_k over the round's contributions.
    /// @param aggregatorIndex k - 1: of any aggregator but the last, whose sum is the round's less all others
    function shareSum(
        uint256 campaignId,
        uint256 roundIndex,
        uint256 aggregatorIndex
    ) external view returns (G1Point memory);

    /// @notice The provider's seat; all zero if it has none.
    function seat(uint256 campaignId, address provider) external view returns (Seat memory);

    /// @notice Campaigns in which the provider has a seat, in the order of joining.
    function campaignsOf(address provider) external view returns (uint256[] memory);

    /// @notice Base units that `claim` would pay the provider now, over all its campaigns.
    function claimable(address provider) external view returns (uint256 amount);

    /// @notice Base units that `claim` would pay the provider now for this campaign.
    function claimableIn(uint256 campaignId, address provider) external view returns (uint256 amount);
}
