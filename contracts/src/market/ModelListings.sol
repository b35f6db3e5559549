// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IInferenceMarket} from "../IInferenceMarket.sol";
import {Listing, Model, Tier} from "../InferenceTypes.sol";
import {InferenceStore} from "./InferenceStore.sol";
import {ProtocolFees} from "./ProtocolFees.sol";

/// @title What owners offer of their models
abstract contract ModelListings is InferenceStore, ProtocolFees {
    uint256 private constant TIERS_HIGHEST = 8;
    uint256 private constant ENDPOINT_HIGHEST_BYTES = 256;
    /// As of a campaign's windows: what is in escrow comes back in foreseeable time.
    uint256 private constant TERM_HIGHEST_SECONDS = 365 days;

    /// @inheritdoc IInferenceMarket
    function list(
        uint256 modelId,
        address seller,
        string calldata endpoint,
        Tier[] calldata tiers_
    ) external whenNotPaused {
        Model memory listed = model(modelId);
        if (msg.sender != listed.owner) revert NotOwner(modelId, msg.sender, listed.owner);
        if (seller == address(0)) revert SellerZero(modelId);
        if (bytes(endpoint).length > ENDPOINT_HIGHEST_BYTES) {
            revert EndpointTooLong(bytes(endpoint).length, ENDPOINT_HIGHEST_BYTES);
        }
        if (tiers_.length > TIERS_HIGHEST) revert TooManyTiers(tiers_.length, TIERS_HIGHEST);
        _listings[modelId] = Listing(seller, endpoint);
        _offer(modelId, tiers_);
        emit ModelListed(
            modelId,
            listed.owner,
            seller,
            listed.version,
            listed.commitment,
            listed.points,
            endpoint,
            tiers_
        );
    }

    /// @inheritdoc IInferenceMarket
    function listing(uint256 modelId) external view returns (Listing memory) {
        return _listings[modelId];
    }

    /// @inheritdoc IInferenceMarket
    function tiers(uint256 modelId) external view returns (Tier[] memory) {
        return _tiers[modelId];
    }

    /// @inheritdoc IInferenceMarket
    function quote(uint256 modelId, uint256 tierIndex) public view returns (bytes32) {
        uint256 count = _tiers[modelId].length;
        if (tierIndex >= count) revert TierUnknown(modelId, tierIndex, count);
        Tier storage tier = _tiers[modelId][tierIndex];
        Model memory listed = model(modelId);
        return
            keccak256(
                abi.encode(
                    modelId,
                    listed.version,
                    listed.commitment.x,
                    listed.commitment.y,
                    _listings[modelId].seller,
                    tier.queries,
                    tier.termSeconds,
                    tier.price,
                    feeBasisPoints()
                )
            );
    }

    /// Puts checked tiers in the place of those before.
    function _offer(uint256 modelId, Tier[] calldata tiers_) private {
        uint256 floor = CAMPAIGNS.campaign(modelId).floorPricePerQuery;
        delete _tiers[modelId];
        for (uint256 i = 0; i < tiers_.length; ++i) {
            Tier calldata tier = tiers_[i];
            if (tier.queries == 0) revert TermOutOfRange("queries", 0, 1, type(uint32).max);
            if (tier.termSeconds == 0 || tier.termSeconds > TERM_HIGHEST_SECONDS) {
                revert TermOutOfRange("termSeconds", tier.termSeconds, 1, TERM_HIGHEST_SECONDS);
            }
            // No overflow: 32 and 128 bits.
            uint256 lowest = tier.queries * floor;
            if (tier.price < lowest) revert PriceBelowFloor(i, tier.price, lowest);
            _tiers[modelId].push(tier);
        }
    }
}
