// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {
    Aggregator,
    AggregatorRecord,
    CampaignProgress,
    CampaignState,
    CampaignTerms,
    Commitments,
    Deadlines,
    DisputeRecord,
    Round,
    Seat,
    SeatRequest,
    ShareOpening
} from "./CampaignTypes.sol";
import {ICampaignErrors} from "./ICampaignErrors.sol";
import {IDatasetRegistry} from "./IDatasetRegistry.sol";
import {Authorization} from "./market/SignedMessages.sol";
import {AggregateStatement, G1Point, TrainStatement} from "./verifier/VerifierTypes.sol";

/// @title Training campaigns: who trains what, in which round, for what reward
/// @notice A campaign opens, seats are taken, rounds run. In each round a seat contributes once, with a TRAIN proof of a
/// statement built from what is stored here; its reward is minted into escrow and released when the round is over. Aggregators
/// dispute shares that they did not get, providers answer, and an AGGREGATE proof closes the round with the next model.
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
    /// @param aggregatorIndex k - 1
    /// @param envelope the share, encrypted to the aggregator's keys: as the mailbox would have it
    /// @param signature the provider's, over the mailbox's message: not checked here
    event SharePublished(
        uint256 indexed campaignId,
        uint256 indexed round,
        address indexed provider,
        uint256 aggregatorIndex,
        bytes envelope,
        bytes signature
    );
    /// @param aggregatorIndex k - 1
    event ShareDisputed(
        uint256 indexed campaignId,
        uint256 indexed round,
        address indexed provider,
        uint256 aggregatorIndex
    );
    /// @param values the share of the 2^lk weights
    /// @param blinder the share of the blinder
    event ShareRevealed(
        uint256 indexed campaignId,
        uint256 indexed round,
        address indexed provider,
        uint256 aggregatorIndex,
        uint256[] values,
        uint256 blinder
    );
    /// @param rewardBurned base units, minted for the contribution; they count as spent, not as budget to be returned
    event ContributorExcluded(
        uint256 indexed campaignId,
        uint256 indexed round,
        address indexed provider,
        bytes32 datasetId,
        uint32 weight,
        uint256 rewardBurned
    );
    /// @param cSum sum of weight * C_out over `contributors` contributions, whose weights add up to `weightTotal`
    /// @param cNext commitment to their rounded average: the model of the next round
    event RoundAveraged(
        uint256 indexed campaignId,
        uint256 indexed round,
        G1Point cSum,
        uint64 weightTotal,
        uint16 contributors,
        G1Point cNext,
        bytes32 proofHash
    );
    event RoundLapsed(uint256 indexed campaignId, uint256 indexed round);
    /// @param rounds how many were averaged
    /// @param model commitment to the last average
    /// @param budgetReturned base units: what was reserved less what was minted, excluded contributions included
    event CampaignFinished(uint256 indexed campaignId, uint16 rounds, G1Point model, uint256 budgetReturned);
    /// @param budgetReturned as in `CampaignFinished`
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

    /// @notice Puts an encrypted share where its aggregator finds it and nobody can hold it back, before disputes begin. Anybody
    /// may, while the round is the present one. Nothing is stored, and nothing but round and sizes is checked: readers check the
    /// provider's signature.
    /// @param aggregatorIndex k - 1: place in `aggregators`
    /// @param envelope at most 32 (2^lk + 1) + 1200 bytes
    /// @param signature at most 4096 bytes
    function publishShare(
        uint256 campaignId,
        uint256 round,
        address provider,
        uint256 aggregatorIndex,
        bytes calldata envelope,
        bytes calldata signature
    ) external;

    /// @notice Says, in the second half of the shares' window, that an aggregator got no share of a contribution to the present
    /// round, or one that does not open its commitment, neither by the mailbox nor on chain. Anybody may send it; the aggregator
    /// signs `Dispute(uint256 campaignId,uint256 round,address provider,uint256 nonce,uint256 deadline)`.
    /// @param aggregatorIndex k - 1: place in `aggregators`
    function disputeShare(
        uint256 campaignId,
        uint256 round,
        address provider,
        uint256 aggregatorIndex,
        Authorization calldata authorization
    ) external;

    /// @notice Answers a dispute, until the answers' window ends, with the share in clear. Anybody who knows it can: its
    /// provider, and the aggregator that got it.
    /// @param commitments those of the contribution, from `ContributionVerified`
    function revealShare(
        uint256 campaignId,
        uint256 round,
        address provider,
        Commitments calldata commitments,
        ShareOpening calldata opening
    ) external;

    /// @notice Takes a contribution out of its round, when the answers' window is over and a dispute about it is not answered:
    /// sums, points and the reward in escrow are reduced by its part, the budget stays spent. The seat stays, for later rounds. Anybody may.
    /// @param commitments those of the contribution, from `ContributionVerified`
    function exclude(uint256 campaignId, uint256 round, address provider, Commitments calldata commitments) external;

    /// @notice Verifies the average of the present round and begins the next one with it; after the last round, finishes the
    /// campaign. Possible as soon as the shares' window is over, no dispute is open and enough contributions are left. Anybody
    /// may. Every aggregator signs `Close(uint256 campaignId,uint256 round,G1Point cSum,G1Point cNext)`: the proof leaves the
    /// blinder of cNext open, so whoever closed alone could close with a commitment that nobody else can open. The message needs no
    /// nonce and no deadline: a round is closed once.
    /// @param cNext commitment to the rounded average
    /// @param proof the bytes of an AGGREGATE proof of `aggregateStatement(campaignId, round, cNext)`
    /// @param signatures by all aggregators, in order: EIP-712 signatures (65 bytes), or what their ERC-1271 wallets accept
    function closeRound(
        uint256 campaignId,
        uint256 round,
        G1Point calldata cNext,
        bytes calldata proof,
        bytes[] calldata signatures
    ) external;

    /// @notice Ends a campaign that found too few providers in time. Anybody may.
    function cancel(uint256 campaignId) external;

    /// @notice Ends a round that was not averaged in time, or has too few contributions, and the campaign with it: Finished
    /// if a round before was averaged, else Cancelled. Not while a dispute is open. Anybody may.
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

    /// @notice What `closeRound` would verify for `cNext`, or has verified, in a round that has begun.
    function aggregateStatement(
        uint256 campaignId,
        uint256 round,
        G1Point calldata cNext
    ) external view returns (AggregateStatement memory);

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

    /// @notice A round's model and sums; all zero before it begins. The round after the last has the finished model.
    function round(uint256 campaignId, uint256 roundIndex) external view returns (Round memory);

    /// @notice Sum of weight * S_k over the round's contributions that were not excluded.
    /// @param aggregatorIndex k - 1: of any aggregator but the last, whose sum is the round's less all others
    function shareSum(
        uint256 campaignId,
        uint256 roundIndex,
        uint256 aggregatorIndex
    ) external view returns (G1Point memory);

    /// @notice The provider's seat; all zero if it has none.
    function seat(uint256 campaignId, address provider) external view returns (Seat memory);

    /// @notice Disputes about the provider's contribution to a round.
    function disputes(
        uint256 campaignId,
        uint256 roundIndex,
        address provider
    ) external view returns (DisputeRecord memory);

    /// @notice Campaigns in which the provider has a seat, in the order of joining.
    function campaignsOf(address provider) external view returns (uint256[] memory);

    /// @notice Base units that `claim` would pay the provider now, over all its campaigns.
    function claimable(address provider) external view returns (uint256 amount);

    /// @notice Base units that `claim` would pay the provider now for this campaign.
    function claimableIn(uint256 campaignId, address provider) external view returns (uint256 amount);

    /// @notice The registry of the data sets; its parameters are the campaigns' too.
    function registry() external view returns (IDatasetRegistry);
}
