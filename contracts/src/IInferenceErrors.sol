// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICampaignErrors} from "./ICampaignErrors.sol";

/// @title Reasons for which the sale of inference refuses a call
/// @notice Those of campaigns and proofs come up unchanged; `CampaignUnknown`, `WrongState`, `TermOutOfRange` and `NothingToClaim`
/// are used for models too.
interface IInferenceErrors is ICampaignErrors {
    // Of `list`.

    /// @notice Only the campaign's owner lists its model.
    error NotOwner(uint256 modelId, address sender, address owner);

    /// @notice The account that is to answer is zero.
    error SellerZero(uint256 modelId);

    /// @notice The endpoint has more bytes than are stored.
    error EndpointTooLong(uint256 actualBytes, uint256 highestBytes);

    /// @notice More tiers than a model can have.
    error TooManyTiers(uint256 actual, uint256 highest);

    /// @notice The tier's price is below the campaign's floor.
    /// @param lowest base units: the floor price of a query times the tier's queries
    error PriceBelowFloor(uint256 tierIndex, uint256 price, uint256 lowest);

    // Of `buyPass`.

    /// @notice The model is not listed, or has so many tiers only.
    error TierUnknown(uint256 modelId, uint256 tierIndex, uint256 tiers);

    /// @notice What is on offer is not what the buyer agreed to: look at it again.
    /// @param expected the quote of now
    error QuoteDiffers(uint256 modelId, uint256 tierIndex, bytes32 quote, bytes32 expected);

    /// @notice The key that is to sign queries is zero.
    error SessionKeyZero(uint256 modelId);

    /// @notice The token did not bring the whole price: it takes a fee of its own.
    error PaymentIncomplete(uint256 received, uint256 price);

    // Of passes.

    /// @notice There is no pass of this number.
    error PassUnknown(uint256 passId);

    /// @notice The pass has been closed.
    error PassIsClosed(uint256 passId);

    /// @notice The count has to be above what was redeemed, and at most what was bought.
    error CountOutOfRange(uint256 passId, uint256 count, uint256 lowest, uint256 highest);

    /// @notice The pass can be closed at `until`, the end of its term and of the time for redeeming, or when all of it is redeemed.
    error PassNotOver(uint256 passId, uint256 until);

    /// @notice A pass stays with its buyer.
    error PassNotTransferable();

    // Of fees.

    /// @notice The fee is above the most that governance can set.
    error FeeTooHigh(uint256 basisPoints, uint256 highest);

    /// @notice The account that is to get the fees is zero.
    error TreasuryZero();

    /// @notice No fees have come in since the last time.
    error NoFees(address treasury);
}
