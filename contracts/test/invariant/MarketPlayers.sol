// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Aggregator, CampaignTerms, Commitments, SeatRequest, ShareOpening} from "../../src/CampaignTypes.sol";
import {DatasetRegistry} from "../../src/DatasetRegistry.sol";
import {DatasetClaim} from "../../src/IDatasetRegistry.sol";
import {G1} from "../../src/market/G1.sol";
import {Authorization} from "../../src/market/SignedMessages.sol";
import {ProtocolParameters} from "../../src/ProtocolParameters.sol";
import {RewardToken} from "../../src/RewardToken.sol";
import {TrainingCampaigns} from "../../src/TrainingCampaigns.sol";
import {FR} from "../../src/verifier/Bn254.sol";
import {IAggregationVerifier} from "../../src/verifier/IAggregationVerifier.sol";
import {IDatasetVerifier} from "../../src/verifier/IDatasetVerifier.sol";
import {ITrainingVerifier} from "../../src/verifier/ITrainingVerifier.sol";
import {G1Point, G2Point} from "../../src/verifier/VerifierTypes.sol";
import {TestBase} from "../TestBase.sol";
import {AcceptingVerifier} from "./AcceptingVerifier.sol";
import {AcceptingWallet} from "./AcceptingWallet.sol";

/// @title The contracts over a setup with tau = xi = 1, an owner, two more aggregators and five providers with two data sets each
/// @notice Governance is somebody else: whatever is not pranked is done by a stranger. Proofs and signatures are accepted unseen; commitments are true ones, of models with two weights: the logarithm of the
/// commitment to weights f, g and blinder s is f + g + s.
abstract contract MarketPlayers is TestBase {
    uint256 internal constant PROVIDERS = 5;
    uint256 internal constant AGGREGATORS = 3;
    uint32 internal constant LIST_CAP = 9;
    address internal constant GOVERNANCE = address(0x607);

    TrainingCampaigns public immutable CAMPAIGNS;
    RewardToken public immutable TOKEN;
    DatasetRegistry private immutable REGISTRY;

    address[] internal _aggregators;
    address[] internal _providers;
    bytes32[2][] private _datasets;
    uint256 private _nonces;

    constructor() {
        G2Point memory generator = G2Point(
            0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2,
            0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed,
            0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b,
            0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa
        );
        G1Point[] memory tables = new G1Point[](15);
        for (uint256 i = 0; i < 15; ++i) tables[i] = G1Point(1, 2);
        ProtocolParameters parameters = new ProtocolParameters(generator, generator, 20, true, tables);
        address verifier = address(new AcceptingVerifier());
        REGISTRY = new DatasetRegistry(IDatasetVerifier(verifier), parameters);
        CAMPAIGNS = new TrainingCampaigns(
            GOVERNANCE,
            REGISTRY,
            ITrainingVerifier(verifier),
            IAggregationVerifier(verifier)
        );
        TOKEN = CAMPAIGNS.token();
        for (uint256 i = 0; i < AGGREGATORS; ++i) _aggregators.push(address(new AcceptingWallet()));
        for (uint256 i = 0; i < PROVIDERS; ++i) _enrol(i);
    }

    function provider(uint256 i) external view returns (address) {
        return _providers[i];
    }

    function owner() public view returns (address) {
        return _aggregators[0];
    }

    function _grant(uint256 amount) internal {
        VM.prank(GOVERNANCE);
        CAMPAIGNS.grantBudget(owner(), amount);
    }

    function _openCampaign(CampaignTerms memory terms) internal returns (bool) {
        Aggregator[] memory all = new Aggregator[](AGGREGATORS);
        Authorization[] memory consents = new Authorization[](AGGREGATORS - 1);
        for (uint256 i = 0; i < AGGREGATORS; ++i) {
            all[i] = Aggregator(_aggregators[i], bytes32(uint256(1)), new bytes(1184));
            if (i > 0) consents[i - 1] = _authorization();
        }
        terms.allowList = _chain(PROVIDERS - 1);
        VM.prank(owner());
        return _try(abi.encodeCall(CAMPAIGNS.open, (terms, G1Point(0, 0), all, consents, new bytes32[](0))));
    }

    /// Provider i, with its data set d.
    function _join(uint256 campaignId, uint256 i, uint256 d) internal returns (bool) {
        SeatRequest memory request = SeatRequest(
            campaignId,
            _datasets[i][d],
            LIST_CAP,
            bytes32(uint256(1)),
            new bytes(1184)
        );
        return _try(abi.encodeCall(CAMPAIGNS.join, (request, _membership(i), _authorization())));
    }

    function _contribute(
        uint256 campaignId,
        uint256 round,
        uint256 i,
        uint256 d,
        uint256 seed
    ) internal returns (bool) {
        Commitments memory made = _commitments(seed);
        return
            _try(
                abi.encodeCall(
                    CAMPAIGNS.contribute,
                    (campaignId, round, _datasets[i][d], made.cOut, made.shares, hex"00", _authorization())
                )
            );
    }

    /// @return rows of provider i's data set d: in part below the row cap, in part above it
    function _rows(uint256 i, uint256 d) internal pure returns (uint32) {
        return uint32(5 + 2 * i + d);
    }

    /// @return done whether the campaigns' contract took the call
    function _try(bytes memory call) internal returns (bool done) {
        return _try(address(CAMPAIGNS), call);
    }

    /// @return done whether the contract took the call
    function _try(address target, bytes memory call) internal returns (bool done) {
        // any function, and no matter why it fails
        // solhint-disable-next-line avoid-low-level-calls
        (done, ) = target.call(call);
    }

    /// @return values and blinder of aggregator k's share, drawn from the contribution's seed
    function _share(uint256 seed, uint256 k) internal pure returns (uint256[] memory values, uint256 blinder) {
        values = new uint256[](2);
        for (uint256 j = 0; j < 2; ++j) values[j] = uint256(keccak256(abi.encode(seed, k, j))) % FR;
        blinder = uint256(keccak256(abi.encode(seed, k, 2))) % FR;
    }

    function _shareLog(uint256 seed, uint256 k) internal pure returns (uint256) {
        (uint256[] memory values, uint256 blinder) = _share(seed, k);
        return addmod(addmod(values[0], values[1], FR), blinder, FR);
    }

    function _modelLog(uint256 seed) internal pure returns (uint256 log) {
        for (uint256 k = 0; k < AGGREGATORS; ++k) log = addmod(log, _shareLog(seed, k), FR);
    }

    function _commitments(uint256 seed) internal view returns (Commitments memory made) {
        made.cOut = _point(_modelLog(seed));
        made.shares = new G1Point[](AGGREGATORS - 1);
        for (uint256 k = 0; k + 1 < AGGREGATORS; ++k) made.shares[k] = _point(_shareLog(seed, k));
    }

    /// A polynomial of degree 1, less its value anywhere, is its leading coefficient times X less that place.
    function _opening(uint256 seed, uint256 k) internal view returns (ShareOpening memory) {
        (uint256[] memory values, uint256 blinder) = _share(seed, k);
        return ShareOpening(k, values, blinder, _point(values[1]));
    }

    function _point(uint256 log) internal view returns (G1Point memory) {
        return G1.multiply(G1Point(1, 2), log);
    }

    /// Every message under a nonce key of its own.
    function _authorization() internal returns (Authorization memory) {
        return Authorization(++_nonces << 64, type(uint256).max, "");
    }

    function _enrol(uint256 i) private {
        address account = address(new AcceptingWallet());
        _providers.push(account);
        bytes32[2] storage own = _datasets.push();
        for (uint256 d = 0; d < 2; ++d) {
            DatasetClaim memory claim = DatasetClaim({
                provider: account,
                schemaHash: "schema",
                ln: 4,
                lk: 1,
                b: 8,
                n: _rows(i, d),
                feat: 2,
                cX: _point(2 * i + d + 1),
                cY: _point(2 * i + d + 2)
            });
            own[d] = REGISTRY.register(claim, hex"00", _authorization());
        }
    }

    /// Root of a Merkle tree in which leaf i is the sibling of the tree of all leaves before it.
    function _chain(uint256 last) private view returns (bytes32 root) {
        root = _leaf(0);
        for (uint256 i = 1; i <= last; ++i) {
            bytes32 leaf = _leaf(i);
            root = root < leaf ? keccak256(abi.encode(root, leaf)) : keccak256(abi.encode(leaf, root));
        }
    }

    function _membership(uint256 i) private view returns (bytes32[] memory path) {
        path = new bytes32[](i == 0 ? PROVIDERS - 1 : PROVIDERS - i);
        path[0] = i == 0 ? _leaf(1) : _chain(i - 1);
        for (uint256 j = 1; j < path.length; ++j) path[j] = _leaf(i == 0 ? j + 1 : i + j);
    }

    function _leaf(uint256 i) private view returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(_providers[i], LIST_CAP))));
    }
}
