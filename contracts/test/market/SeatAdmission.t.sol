// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Campaign, SeatRequest} from "../../src/CampaignTypes.sol";
import {DatasetRegistry} from "../../src/DatasetRegistry.sol";
import {Dataset} from "../../src/IDatasetRegistry.sol";
import {SeatAdmission} from "../../src/market/SeatAdmission.sol";
import {ProtocolParameters} from "../../src/ProtocolParameters.sol";
import {DatasetVerifier} from "../../src/verifier/DatasetVerifier.sol";
import {G1Point, G2Point} from "../../src/verifier/VerifierTypes.sol";
import {TestBase} from "../TestBase.sol";

/// @title A campaign's seats alone, for data sets of any size
contract Seats {
    DatasetRegistry private immutable REGISTRY;
    Campaign private _campaign;

    constructor() {
        G2Point memory generator = G2Point(
            0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2,
            0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed,
            0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b,
            0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa
        );
        G1Point[] memory tables = new G1Point[](15);
        for (uint256 i = 0; i < 15; ++i) tables[i] = G1Point(1, 2);
        ProtocolParameters parameters = new ProtocolParameters(generator, generator, 28, true, tables);
        REGISTRY = new DatasetRegistry(new DatasetVerifier(), parameters);
        _campaign.terms.rateNumerator = 1;
        _campaign.terms.rateDenominator = 10;
        _campaign.terms.feat = 1;
        _campaign.terms.b = 16;
    }

    function setTerms(bytes32 allowList, uint32 rowCap, uint8 lb) external {
        _campaign.terms.allowList = allowList;
        _campaign.terms.rowCap = rowCap;
        _campaign.terms.lb = lb;
        _campaign.terms.lt = lb;
    }

    function take(Dataset calldata dataset, SeatRequest calldata request, bytes32[] calldata membership) external {
        SeatAdmission.take(_campaign, REGISTRY, dataset, request, membership);
    }

    function weight(address provider) external view returns (uint256) {
        return _campaign.seats[provider].weight;
    }

    function step(address provider) external view returns (uint256) {
        return _campaign.seats[provider].c;
    }
}

/// @title Row caps of an allow-list, and batches
contract SeatAdmissionTest is TestBase {
    error Admitted(address provider);
    error Refused(address provider);

    function testFuzzCapsOfTheAllowList(
        uint32[8] memory caps,
        address[8] memory accounts,
        uint32 rowCap,
        uint16 rows,
        uint8 index
    ) external {
        index %= 8;
        rowCap = uint32(bound(rowCap, 1, 100_000));
        bytes32[] memory leaves = new bytes32[](8);
        for (uint256 i = 0; i < 8; ++i) {
            caps[i] = uint32(bound(caps[i], 1, 100_000));
            leaves[i] = _leaf(accounts[i], caps[i]);
        }
        Seats seats = new Seats();
        seats.setTerms(_root(leaves), rowCap, 0);
        bytes32[] memory membership = _proof(leaves, index);
        Dataset memory dataset = _dataset(accounts[index], 16, uint32(rows) + 1);
        Dataset memory strangers = _dataset(address(uint160(accounts[index]) ^ 1), 16, dataset.n);
        if (_admits(seats, dataset, caps[index] + 1, membership)) revert Admitted(dataset.provider);
        if (_admits(seats, strangers, caps[index], membership)) revert Admitted(strangers.provider);
        if (!_admits(seats, dataset, caps[index], membership)) revert Refused(dataset.provider);
        uint256 least = caps[index] < rowCap ? caps[index] : rowCap;
        assertEq(seats.weight(dataset.provider), dataset.n < least ? dataset.n : least);
    }

    /// An inner node of the tree is no leaf, whatever account and cap it is read as.
    function testFuzzInnerNodesAreNoMembers(bytes32 left, bytes32 right, address account, uint32 cap) external {
        Seats seats = new Seats();
        seats.setTerms(_pair(_pair(left, right), left), 100, 0);
        bytes32[] memory membership = new bytes32[](1);
        membership[0] = left;
        if (_admits(seats, _dataset(account, 4, 10), cap, membership)) revert Admitted(account);
    }

    function testFuzzBatches(uint8 lb, uint8 ln, uint32 rows, address account) external {
        lb = uint8(bound(lb, 0, 12));
        ln = uint8(bound(ln, 0, 13));
        rows = uint32(bound(rows, 1, 1 << ln));
        Seats seats = new Seats();
        seats.setTerms(_leaf(account, 1), 1, lb);
        bool admitted = _admits(seats, _dataset(account, ln, rows), 1, new bytes32[](0));
        // The first row of every batch is one with data.
        bool full = ln >= lb;
        for (uint256 batch = 0; full && batch < 1 << lb; ++batch) full = rows > batch << (ln - lb);
        if (admitted && !full) revert Admitted(account);
        if (!admitted && full) revert Refused(account);
        if (!full) return;
        uint256 batchRows = lb == 0 ? rows : 1 << (ln - lb);
        // rate 1/10, 3b - fp = 34
        assertEq(seats.step(account), ((uint256(1) << 35) + 10 * batchRows) / (20 * batchRows));
    }

    function _admits(
        Seats seats,
        Dataset memory dataset,
        uint32 cap,
        bytes32[] memory membership
    ) private returns (bool) {
        SeatRequest memory request = SeatRequest(1, keccak256("id"), cap, keccak256("x25519"), new bytes(1184));
        try seats.take(dataset, request, membership) {
            return true;
        } catch {
            return false;
        }
    }

    function _leaf(address account, uint32 cap) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(account, cap))));
    }

    function _dataset(address provider, uint8 ln, uint32 n) private pure returns (Dataset memory dataset) {
        (dataset.provider, dataset.ln, dataset.n, dataset.feat, dataset.b) = (provider, ln, n, 1, 16);
    }

    function _root(bytes32[] memory leaves) private pure returns (bytes32) {
        bytes32[] memory layer = leaves;
        while (layer.length > 1) layer = _above(layer);
        return layer[0];
    }

    function _proof(bytes32[] memory leaves, uint256 index) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](3);
        bytes32[] memory layer = leaves;
        for (uint256 i = 0; i < 3; ++i) {
            proof[i] = layer[index ^ 1];
            layer = _above(layer);
            index >>= 1;
        }
    }

    function _above(bytes32[] memory layer) private pure returns (bytes32[] memory above) {
        above = new bytes32[](layer.length / 2);
        for (uint256 i = 0; i < above.length; ++i) above[i] = _pair(layer[2 * i], layer[2 * i + 1]);
    }

    function _pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }
}
