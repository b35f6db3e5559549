// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Campaign, CampaignTerms, Seat, SeatRequest} from "../CampaignTypes.sol";
import {ICampaignErrors} from "../ICampaignErrors.sol";
import {Dataset, IDatasetRegistry} from "../IDatasetRegistry.sol";
import {ITrainingCampaigns} from "../ITrainingCampaigns.sol";
import {ProtocolParameters} from "../ProtocolParameters.sol";
import {CampaignRules} from "./CampaignRules.sol";
import {EncryptionKeys} from "./EncryptionKeys.sol";
import {ProofShape} from "./ProofShape.sol";
import {StepSize} from "./StepSize.sol";

/// @title How a seat is taken
/// @dev Deployed once and linked: TrainingCampaigns calls it on its own storage.
library SeatAdmission {
    /// @notice Checks the data set against the campaign's terms and takes a seat for its provider, whose signature and
    /// whose being in time the caller has checked.
    function take(
        Campaign storage campaign,
        IDatasetRegistry registry,
        Dataset memory dataset,
        SeatRequest calldata request,
        bytes32[] calldata membership
    ) external {
        CampaignTerms memory terms = campaign.terms;
        Seat storage seat = campaign.seats[dataset.provider];
        if (seat.weight != 0) revert ICampaignErrors.AlreadySeated(request.campaignId, dataset.provider);
        CampaignRules.requireFit(request.datasetId, dataset, terms);
        _requireAllowed(request, terms, dataset.provider, membership);
        (seat.li, seat.c) = _batches(request.datasetId, dataset, terms, registry.parameters());
        seat.datasetId = request.datasetId;
        // No overflow: the least of three numbers of 32 bits.
        seat.weight = uint32(Math.min(dataset.n, Math.min(request.rowCap, terms.rowCap)));
        seat.x25519Key = request.x25519Key;
        seat.mlKemKeyHash = EncryptionKeys.requireValid(dataset.provider, request.x25519Key, request.mlKemKey);
        ++campaign.progress.seats;
        emit ITrainingCampaigns.SeatTaken(
            request.campaignId,
            dataset.provider,
            request.datasetId,
            seat.weight,
            seat.c,
            request.x25519Key,
            request.mlKemKey
        );
    }

    /// @return li 2^li rows a batch
    /// @return c learning rate over batch rows as the proof's integer
    function _batches(
        bytes32 datasetId,
        Dataset memory dataset,
        CampaignTerms memory terms,
        ProtocolParameters parameters
    ) private view returns (uint8 li, uint64 c) {
        if (dataset.ln < terms.lb) {
            revert ICampaignErrors.FewerRowsThanBatches(datasetId, dataset.ln, terms.lb);
        }
        li = dataset.ln - terms.lb;
        ProofShape.requireTrain(terms.lb, li, terms.lk, terms.lt, terms.b, parameters.setupLog2());
        uint256 batchRows = 2 ** uint256(li);
        uint256 rowsOfOtherBatches = 2 ** uint256(dataset.ln) - batchRows;
        if (dataset.n <= rowsOfOtherBatches) {
            revert ICampaignErrors.BatchEmpty(datasetId, dataset.n, rowsOfOtherBatches + 1);
        }
        if (terms.lb == 0) batchRows = dataset.n;
        uint256 fp = parameters.fractionalBits(terms.kind, terms.b);
        c = StepSize.gradient(terms.rateNumerator, terms.rateDenominator, batchRows, terms.b, fp);
    }

    function _requireAllowed(
        SeatRequest calldata request,
        CampaignTerms memory terms,
        address provider,
        bytes32[] calldata membership
    ) private pure {
        bool capValid = terms.openToAll ? request.rowCap == terms.rowCap : request.rowCap != 0;
        if (!capValid) revert ICampaignErrors.RowCapInvalid(provider, request.rowCap);
        if (terms.openToAll) return;
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(provider, request.rowCap))));
        if (!MerkleProof.verifyCalldata(membership, terms.allowList, leaf)) {
            revert ICampaignErrors.NotAllowed(provider, request.rowCap);
        }
    }
}
