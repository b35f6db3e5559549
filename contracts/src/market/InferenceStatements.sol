// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignTerms} from "../CampaignTypes.sol";
import {IInferenceMarket} from "../IInferenceMarket.sol";
import {Pass} from "../InferenceTypes.sol";
import {TrainingParameters} from "../ProtocolParameters.sol";
import {IInferenceVerifier} from "../verifier/IInferenceVerifier.sol";
import {G1Point, InferStatement} from "../verifier/VerifierTypes.sol";
import {InferenceStore} from "./InferenceStore.sol";

/// @title The statements that are proved of answers, from what is stored
abstract contract InferenceStatements is InferenceStore {
    IInferenceVerifier private immutable VERIFIER;

    constructor(IInferenceVerifier verifier_) {
        VERIFIER = verifier_;
    }

    /// @inheritdoc IInferenceMarket
    function verifyAnswer(
        uint256 passId,
        bytes32 queryId,
        uint8 lq,
        G1Point calldata cX,
        G1Point calldata cP,
        bytes calldata proof
    ) external view {
        VERIFIER.verify(inferStatement(passId, queryId, lq, cX, cP), proof);
    }

    /// @inheritdoc IInferenceMarket
    function verifier() external view returns (IInferenceVerifier) {
        return VERIFIER;
    }

    /// @inheritdoc IInferenceMarket
    function inferStatement(
        uint256 passId,
        bytes32 queryId,
        uint8 lq,
        G1Point calldata cX,
        G1Point calldata cP
    ) public view returns (InferStatement memory statement) {
        Pass storage sold = _known(passId);
        CampaignTerms memory terms = CAMPAIGNS.campaign(sold.modelId);
        TrainingParameters memory fixedByProtocol = PARAMETERS.training(terms.kind, terms.b);
        statement.chainId = block.chainid;
        statement.registry = address(this);
        statement.server = sold.seller;
        statement.listingId = sold.modelId;
        statement.queryId = uint256(queryId);
        statement.lq = lq;
        statement.lk = terms.lk;
        statement.b = terms.b;
        statement.fp = fixedByProtocol.fp;
        statement.cTable = fixedByProtocol.cTable;
        statement.cX = cX;
        statement.cW = model(sold.modelId).commitment;
        statement.cP = cP;
        statement.tau2 = fixedByProtocol.tau2;
        statement.xi2 = fixedByProtocol.xi2;
    }
}
