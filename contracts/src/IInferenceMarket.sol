// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IInferenceErrors} from "./IInferenceErrors.sol";
import {Earnings, Listing, Model, Pass, Permit, Receipt, Tier} from "./InferenceTypes.sol";
import {ITrainingCampaigns} from "./ITrainingCampaigns.sol";
import {IInferenceVerifier} from "./verifier/IInferenceVerifier.sol";
import {G1Point, InferStatement} from "./verifier/VerifierTypes.sol";

/// @title The sale of inference by finished campaigns' models
/// @notice A model has its campaign's number. Its owner lists it with an endpoint and tiers; a buyer buys a pass, whose price stays
/// here in escrow; each query is signed with the pass's session key over the number of rows asked so far, and with that signature
/// the price is released pro rata, into fee, owner's share and contributors'. What was not released by the end goes back.
/// Amounts are base units of one ERC-20, times are Unix seconds. Signed messages are EIP-712 with the domain
/// ("zkML InferenceMarket", "1", chain, this contract).
interface IInferenceMarket is IInferenceErrors {
    /// @param version rounds averaged, which is the number of the model
    /// @param model commitment to it
    /// @param points verified rows behind it: those of averaged rounds, without excluded contributions
    event ModelListed(
        uint256 indexed modelId,
        address indexed owner,
        address indexed seller,
        uint16 version,
        G1Point model,
        uint64 points,
        string endpoint,
        Tier[] tiers
    );
    event PassPurchased(
        uint256 indexed passId,
        uint256 indexed modelId,
        address indexed buyer,
        address sessionKey,
        address seller,
        uint32 queries,
        uint256 termEnd,
        uint128 price,
        uint16 feeBasisPoints
    );
    /// @param count rows redeemed so far
    /// @param released what this call took out of escrow: the sum of the other three
    event PassRedeemed(
        uint256 indexed passId,
        uint256 indexed modelId,
        uint32 count,
        uint256 released,
        uint256 fee,
        uint256 ownerAmount,
        uint256 contributorsAmount
    );
    event PassClosed(uint256 indexed passId, uint256 indexed modelId, address indexed buyer, uint256 refund);
    event PayoutClaimed(
        uint256 indexed modelId,
        address indexed account,
        uint256 contributorAmount,
        uint256 ownerAmount
    );
    event FeeSet(uint16 basisPoints);
    event TreasurySet(address indexed treasury);
    event FeesClaimed(address indexed treasury, uint256 amount);

    /// @notice Offers the model of a finished campaign of the sender's, in place of what was offered before. Passes that were sold
    /// stay as they are.
    /// @param seller account that answers and signs receipts
    /// @param endpoint where it answers, at most 256 bytes: nobody checks it
    /// @param tiers at most 8; none takes the model off sale
    function list(uint256 modelId, address seller, string calldata endpoint, Tier[] calldata tiers) external;

    /// @notice Buys a pass for the sender, and puts its price into escrow. The pass is an ERC-1155 token of an id of its own,
    /// which cannot be transferred; a contract that buys has to accept it.
    /// @param quote_ what the sender agreed to: `quote(modelId, tierIndex)`, or else nothing is bought
    /// @param sessionKey signs the queries. A contract that answers by ERC-1271 can take its signatures back, so sellers need not serve
    /// it
    /// @param permit may fail, or be used before by anybody: the allowance decides
    /// @return passId passes are numbered from 1
    function buyPass(
        uint256 modelId,
        uint256 tierIndex,
        bytes32 quote_,
        address sessionKey,
        Permit calldata permit
    ) external returns (uint256 passId);

    /// @notice Releases the price of the rows asked since the last time, until the pass is closed. Anybody may send it; the session key
    /// signs `Query(uint256 modelId,uint256 passId,uint32 count,bytes32 inputsHash,uint256 deadline)`.
    /// @param count rows asked so far, above what was redeemed
    /// @param inputsHash what the rows are bound by (docs/marketplace.md, "Selling inference")
    /// @param deadline last second at which the seller could accept the query: covered by the signature, not checked here
    /// @param signature 65 bytes by the session key, or what it accepts by ERC-1271
    function redeem(
        uint256 passId,
        uint32 count,
        bytes32 inputsHash,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Pays the rest of the price back and ends the pass: `GRACE_SECONDS` after its term, or when all of it is redeemed.
    /// Anybody may.
    function close(uint256 passId) external;

    /// @notice Pays the account what the model has earned for it, by its points and as its owner. Anybody may call it.
    /// @return amount base units
    function claim(uint256 modelId, address account) external returns (uint256 amount);

    /// @notice Pays the treasury the fees that have come in. Anybody may call it.
    /// @return amount base units
    function claimFees() external returns (uint256 amount);

    /// @notice Sets the fee on passes sold from now on.
    /// @param basisPoints 1/10,000 of what is released, at most `MAX_FEE`
    function setFee(uint16 basisPoints) external;

    /// @notice Sets who gets the fees, those that have come in included.
    function setTreasury(address treasury_) external;

    /// @notice `keccak256(abi.encode(modelId, version, model.x, model.y, queries, termSeconds, price, feeBasisPoints))` of what is on
    /// offer now.
    function quote(uint256 modelId, uint256 tierIndex) external view returns (bytes32);

    /// @notice Who answers, and where; all zero if the model was never listed.
    function listing(uint256 modelId) external view returns (Listing memory);

    /// @notice The tiers on offer; none if the model is not on sale.
    function tiers(uint256 modelId) external view returns (Tier[] memory);

    /// @notice The model itself; reverts unless its campaign is finished.
    function model(uint256 modelId) external view returns (Model memory);

    /// @notice The pass; reverts if there is none.
    function pass(uint256 passId) external view returns (Pass memory);

    /// @notice Passes sold so far.
    function passes() external view returns (uint256);

    /// @notice What the model has earned; reverts unless its campaign is finished.
    /// @return current by the point, and the owner's share
    /// @return contributorsEarned all contributors' share, base units
    function earnings(uint256 modelId) external view returns (Earnings memory current, uint256 contributorsEarned);

    /// @notice Base units that `claim` would pay the account now for this model.
    function claimable(uint256 modelId, address account) external view returns (uint256);

    /// @notice What the session key signs for a query, and what a receipt and an INFER statement call `queryId`.
    function queryDigest(
        uint256 passId,
        uint32 count,
        bytes32 inputsHash,
        uint256 deadline
    ) external view returns (bytes32);

    /// @notice What the seller signs with its answer: `Receipt(uint256 modelId,uint256 passId,uint32 count,bytes32 queryId,
    /// uint16 version,uint8 lq,G1Point cX,G1Point cP,uint256 proofDeadline)` (one line, no space after commas).
    function receiptDigest(Receipt calldata receipt) external view returns (bytes32);

    /// @notice What the proof of an answer is about. Only `queryId`, `lq`, `cX` and `cP` are the caller's: they are the receipt's.
    function inferStatement(
        uint256 passId,
        bytes32 queryId,
        uint8 lq,
        G1Point calldata cX,
        G1Point calldata cP
    ) external view returns (InferStatement memory);

    /// @notice Returns if `proof` proves `inferStatement(passId, queryId, lq, cX, cP)`, and reverts with an error of IVerifierErrors
    /// otherwise.
    function verifyAnswer(
        uint256 passId,
        bytes32 queryId,
        uint8 lq,
        G1Point calldata cX,
        G1Point calldata cP,
        bytes calldata proof
    ) external view;

    /// @notice The fee on passes sold from now on, in 1/10,000.
    function feeBasisPoints() external view returns (uint16);

    /// @notice Fees that have come in and were not claimed, base units.
    function fees() external view returns (uint256);

    /// @notice Who gets the fees.
    function treasury() external view returns (address);

    /// @notice The token of all prices: an ERC-20 that takes no fee.
    function token() external view returns (IERC20);

    /// @notice The campaigns whose models are sold.
    function campaigns() external view returns (ITrainingCampaigns);

    /// @notice The verifier of answers.
    function verifier() external view returns (IInferenceVerifier);
}
