// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IInferenceMarket} from "./IInferenceMarket.sol";
import {Pass, Permit, Tier} from "./InferenceTypes.sol";
import {ITrainingCampaigns} from "./ITrainingCampaigns.sol";
import {Governed} from "./market/Governed.sol";
import {InferenceMessages} from "./market/InferenceMessages.sol";
import {InferenceStatements} from "./market/InferenceStatements.sol";
import {InferenceStore} from "./market/InferenceStore.sol";
import {ModelEarnings} from "./market/ModelEarnings.sol";
import {ModelListings} from "./market/ModelListings.sol";
import {PassRevenue, Revenue} from "./market/PassRevenue.sol";
import {PassToken} from "./market/PassToken.sol";
import {ProtocolFees} from "./market/ProtocolFees.sol";
import {IInferenceVerifier} from "./verifier/IInferenceVerifier.sol";

/// @title The sale of inference: passes, from purchase to refund
/// @dev Storage is in InferenceStore, offers in ModelListings, what was earned in ModelEarnings and ProtocolFees, messages in
/// InferenceMessages, what is proved of answers in InferenceStatements. What the contract holds of its token is at any time the price of
/// open passes less what was redeemed, what was redeemed and not claimed, and what anybody may have sent it. Every function that moves
/// or books money is guarded against re-entrance: buyers, and a token with hooks, are called.
contract InferenceMarket is ModelListings, ModelEarnings, InferenceMessages, InferenceStatements, PassToken {
    using SafeERC20 for IERC20;

    /// @notice Seconds after a pass's term in which the seller can still redeem what was asked.
    uint256 public constant GRACE_SECONDS = 3 days;

    /// @param governance sets fee and treasury, gives roles, and pauses: a timelock in production
    /// @param campaigns_ brings registry and parameters with it
    /// @param token_ an ERC-20 that takes no fee, moves no balance by itself, and better has permits (EIP-2612)
    /// @param treasury_ gets the fees
    constructor(
        address governance,
        ITrainingCampaigns campaigns_,
        IInferenceVerifier verifier_,
        IERC20 token_,
        address treasury_
    ) InferenceStore(campaigns_, token_) InferenceStatements(verifier_) ProtocolFees(treasury_) Governed(governance) {}

    /// @inheritdoc IInferenceMarket
    function buyPass(
        uint256 modelId,
        uint256 tierIndex,
        bytes32 quote_,
        address sessionKey,
        Permit calldata permit
    ) external whenNotPaused nonReentrant returns (uint256 passId) {
        bytes32 expected = quote(modelId, tierIndex);
        if (quote_ != expected) revert QuoteDiffers(modelId, tierIndex, quote_, expected);
        if (sessionKey == address(0)) revert SessionKeyZero(modelId);
        passId = ++_passCount;
        _sell(passId, modelId, _tiers[modelId][tierIndex], sessionKey);
        _takePayment(_passes[passId].price, permit);
        _mint(msg.sender, passId, 1, "");
    }

    /// @inheritdoc IInferenceMarket
    function redeem(
        uint256 passId,
        uint32 count,
        bytes32 inputsHash,
        uint256 deadline,
        bytes calldata signature
    ) external nonReentrant {
        Pass storage sold = _requireOpen(passId);
        uint32 before = sold.redeemed;
        if (count <= before || count > sold.queries) {
            revert CountOutOfRange(passId, count, uint256(before) + 1, sold.queries);
        }
        _requireSessionKey(sold.sessionKey, queryDigest(passId, count, inputsHash, deadline), signature);
        sold.redeemed = count;
        _credit(passId, sold, _revenue(sold, before, count));
    }

    /// @inheritdoc IInferenceMarket
    function close(uint256 passId) external nonReentrant {
        Pass storage sold = _requireOpen(passId);
        uint256 until = sold.termEnd + GRACE_SECONDS;
        if (sold.redeemed != sold.queries && _clock() < until) revert PassNotOver(passId, _unixTime(until));
        sold.closed = true;
        address buyer = sold.buyer;
        uint256 refund = sold.price - PassRevenue.released(sold.price, sold.queries, sold.redeemed);
        _burn(buyer, passId, 1);
        emit PassClosed(passId, sold.modelId, buyer, refund);
        if (refund != 0) TOKEN.safeTransfer(buyer, refund);
    }

    /// @inheritdoc IInferenceMarket
    function pass(uint256 passId) external view returns (Pass memory sold) {
        sold = _known(passId);
        // No overflow: 2^40 seconds are 34,000 years.
        sold.termEnd = uint40(_unixTime(sold.termEnd));
    }

    /// @inheritdoc IInferenceMarket
    function passes() external view returns (uint256) {
        return _passCount;
    }

    /// @inheritdoc ERC1155
    function supportsInterface(bytes4 interfaceId) public view override(AccessControl, ERC1155) returns (bool) {
        return super.supportsInterface(interfaceId);
    }

    /// Everything of a sale but the payment.
    function _sell(uint256 passId, uint256 modelId, Tier memory tier, address sessionKey) private {
        Pass storage sold = _passes[passId];
        sold.buyer = msg.sender;
        sold.queries = tier.queries;
        sold.feeBasisPoints = feeBasisPoints();
        sold.sessionKey = sessionKey;
        sold.termEnd = _clock() + tier.termSeconds;
        sold.seller = _listings[modelId].seller;
        sold.price = tier.price;
        sold.modelId = modelId;
        emit PassPurchased(
            passId,
            modelId,
            msg.sender,
            sessionKey,
            sold.seller,
            tier.queries,
            _unixTime(sold.termEnd),
            tier.price,
            sold.feeBasisPoints
        );
    }

    /// The sender's own tokens only: nobody can spend what somebody else allowed the market.
    function _takePayment(uint256 price, Permit calldata permit) private {
        if (price == 0) return;
        if (permit.deadline != 0) {
            // Anybody can have used the permit before, and the token may know none: the allowance decides.
            // solhint-disable no-empty-blocks
            try
                IERC20Permit(address(TOKEN)).permit(
                    msg.sender,
                    address(this),
                    price,
                    permit.deadline,
                    permit.v,
                    permit.r,
                    permit.s
                )
            {} catch {}
            // solhint-enable no-empty-blocks
        }
        uint256 before = TOKEN.balanceOf(address(this));
        TOKEN.safeTransferFrom(msg.sender, address(this), price);
        uint256 received = TOKEN.balanceOf(address(this)) - before;
        if (received != price) revert PaymentIncomplete(received, price);
    }

    /// Books what a pass released.
    function _credit(uint256 passId, Pass storage sold, Revenue memory revenue) private {
        uint256 modelId = sold.modelId;
        _creditFee(revenue.fee);
        _creditModel(modelId, revenue.contributors, revenue.owner);
        emit PassRedeemed(
            passId,
            modelId,
            sold.redeemed,
            revenue.released,
            revenue.fee,
            revenue.owner,
            revenue.contributors
        );
    }

    /// What the rows after the first `earlier` release, up to row `count`.
    function _revenue(Pass storage sold, uint32 earlier, uint32 count) private view returns (Revenue memory) {
        (uint128 price, uint32 queries, uint16 fee) = (sold.price, sold.queries, sold.feeBasisPoints);
        uint16 ownerShare = CAMPAIGNS.campaign(sold.modelId).ownerShareBasisPoints;
        return
            PassRevenue.since(
                PassRevenue.upTo(price, queries, count, fee, ownerShare),
                PassRevenue.upTo(price, queries, earlier, fee, ownerShare)
            );
    }
}
