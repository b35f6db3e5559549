// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignState} from "./CampaignTypes.sol";
import {IDatasetErrors} from "./IDatasetErrors.sol";
import {IShapeErrors} from "./IShapeErrors.sol";
import {IVerifierErrors} from "./verifier/IVerifierErrors.sol";

/// @title Reasons for which a campaign refuses a call
/// @notice Those of data sets, shapes and proofs come up through the campaigns' contract too.
interface ICampaignErrors is IDatasetErrors, IShapeErrors, IVerifierErrors {
    // Of `open`.

    /// @notice A term lies outside what is allowed.
    /// @param term the name of CampaignTerms' member, or of the argument
    error TermOutOfRange(bytes32 term, uint256 value, uint256 lowest, uint256 highest);

    /// @notice So many rows could be contributed to a round that their average could not be proved.
    error RowTotalTooLarge(uint256 rows, uint256 highest);

    /// @notice A campaign that anybody may join has no allow-list and mints nothing.
    error OpenToAllTakesNoListAndNoReward(bytes32 allowList, uint128 rewardPerRow);

    /// @notice The first aggregator has to be the campaign's owner.
    error FirstAggregatorNotOwner(address account, address owner);

    /// @notice An account aggregates once: whoever holds all shares sees every model.
    error AggregatorRepeated(address account);

    /// @notice Every aggregator but the owner consents with a signature.
    error ConsentCount(uint256 actual, uint256 expected);

    /// @notice A test set of the campaign's owner proves nothing to others.
    error TestSetOfOwner(bytes32 datasetId);

    // Of `open` and `join`.

    /// @notice The data set does not have what the campaign's terms ask for.
    /// @param field the member's name in CampaignTerms
    error DatasetUnfit(bytes32 datasetId, bytes32 field, uint256 actual, uint256 expected);

    /// @notice The X25519 key is zero, or the ML-KEM-768 key has not 1184 bytes.
    error EncryptionKeyInvalid(address account, bytes32 x25519Key, uint256 mlKemKeyBytes);

    // Of `join`.

    /// @notice The data set has fewer rows, padding included, than the campaign has batches.
    error FewerRowsThanBatches(bytes32 datasetId, uint256 ln, uint256 lb);

    /// @notice The data set's last batch would be empty.
    /// @param lowest least number of rows that fills every batch
    error BatchEmpty(bytes32 datasetId, uint256 rows, uint256 lowest);

    /// @notice The provider has a seat in this campaign.
    error AlreadySeated(uint256 campaignId, address provider);

    /// @notice The allow-list does not hold this account with this row cap.
    error NotAllowed(address provider, uint32 rowCap);

    /// @notice A row cap of zero, or where anybody may join another than the campaign's.
    error RowCapInvalid(address provider, uint32 rowCap);

    // Of `contribute`.

    /// @notice The data set has no seat in the campaign.
    error NoSeat(uint256 campaignId, bytes32 datasetId);

    /// @notice The campaign is in another round.
    error NotPresentRound(uint256 campaignId, uint256 round, uint256 presentRound);

    /// @notice The seat has contributed to this round.
    error AlreadyContributed(uint256 campaignId, uint256 round, bytes32 datasetId);

    /// @notice One share for every aggregator but the last.
    error ShareCount(uint256 actual, uint256 expected);

    // Of shares.

    /// @notice More bytes than a share's envelope, or a signature, can have.
    /// @param part "envelope" or "signature"
    error PublishedTooLong(bytes32 part, uint256 actualBytes, uint256 highestBytes);

    /// @notice The campaign has no aggregator of this index.
    error AggregatorUnknown(uint256 campaignId, uint256 aggregatorIndex, uint256 aggregators);

    /// @notice The provider has no contribution to this round, or it was excluded.
    error NoContribution(uint256 campaignId, uint256 round, address provider);

    /// @notice The aggregator has disputed its share of this contribution before.
    error AlreadyDisputed(uint256 campaignId, uint256 round, address provider, uint256 aggregatorIndex);

    /// @notice The aggregator has no dispute about this contribution that is not answered.
    error NotDisputed(uint256 campaignId, uint256 round, address provider, uint256 aggregatorIndex);

    /// @notice No dispute about this contribution is open.
    error NoDisputeOpen(uint256 campaignId, uint256 round, address provider);

    /// @notice These are not the commitments of the provider's contribution.
    error CommitmentsDiffer(address provider, bytes32 actualHash, bytes32 expectedHash);

    /// @notice A share has 2^lk values.
    error ShareLength(uint256 actual, uint256 expected);

    /// @notice A scalar of the share is not below the group order r.
    /// @param index place in `values`; their number for the blinder
    error ShareScalarNotCanonical(uint256 index, uint256 value);

    /// @notice The values and the blinder are not what the commitment commits to, or the quotient is not theirs.
    error ShareOpeningFalse(address provider, uint256 aggregatorIndex);

    // Of `closeRound` and `lapse`.

    /// @notice One signature of every aggregator.
    error SignatureCount(uint256 actual, uint256 expected);

    /// @notice Disputes about so many contributions are open: answer them, or exclude the contributions when the time is up.
    error DisputesOpen(uint256 campaignId, uint256 round, uint256 contributions);

    /// @notice The round has fewer contributions than the campaign's minimum: nothing is averaged.
    error TooFewContributions(uint256 campaignId, uint256 round, uint256 contributions, uint256 lowest);

    // Of several.

    /// @notice There is no campaign of this number.
    error CampaignUnknown(uint256 campaignId);

    /// @notice The campaign is in another state.
    error WrongState(uint256 campaignId, CampaignState actual, CampaignState expected);

    /// @notice The time for this was over at `deadline`.
    error DeadlinePassed(uint256 campaignId, uint256 deadline);

    /// @notice The campaign can be moved on only at `deadline`.
    error DeadlineNotReached(uint256 campaignId, uint256 deadline);

    /// @notice No round that is over owes the provider anything.
    error NothingToClaim(uint256 campaignId, address provider);
}
