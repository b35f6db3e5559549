// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignState, CampaignTerms} from "../../src/CampaignTypes.sol";
import {InferenceMarket} from "../../src/InferenceMarket.sol";
import {IInferenceVerifier} from "../../src/verifier/IInferenceVerifier.sol";
import {AcceptingVerifier} from "./AcceptingVerifier.sol";
import {MarketPlayers} from "./MarketPlayers.sol";

/// @title Two finished campaigns, and a market for their models
/// @notice The first has one round and three seats. The second has two rounds and five seats, the last of which stayed away from the
/// first round; one contribution was excluded from the second round, which then lapsed. Rewards were paid out, and are the money that everything is bought with.
abstract contract FinishedCampaigns is MarketPlayers {
    uint256 internal constant MODELS = 2;
    /// Seat that contributed to nothing but the round that lapsed.
    uint256 internal constant ABSENT = 4;
    uint256 private constant WINDOW = 2 hours;

    InferenceMarket public immutable MARKET;
    uint256 internal _time = 1_800_000_000;

    error NotPlayed(string what);

    constructor() {
        VM.warp(_time);
        _play(1, 3);
        _play(2, 5);
        MARKET = new InferenceMarket(
            address(this),
            CAMPAIGNS,
            IInferenceVerifier(address(new AcceptingVerifier())),
            TOKEN,
            address(0x7EA5)
        );
    }

    function _pass(uint256 seconds_) internal {
        _time += seconds_;
        VM.warp(_time);
    }

    function _play(uint256 rounds, uint256 seats) private {
        CampaignTerms memory terms = _terms(uint16(rounds), uint16(seats));
        _grant(rounds * seats * terms.rowCap * terms.rewardPerRow);
        _need(_openCampaign(terms), "open");
        uint256 id = CAMPAIGNS.campaigns();
        for (uint256 i = 0; i < seats; ++i) _need(_join(id, i, 0), "join");
        for (uint256 round = 0; round < rounds; ++round) {
            for (uint256 i = 0; i < seats; ++i) {
                if (round != 0 || i != ABSENT) _need(_contribute(id, round, i, 0, i + 1), "contribute");
            }
            if (round == 0) _average(id);
            else _excludeAndLapse(id, round);
        }
        _need(CAMPAIGNS.state(id) == CampaignState.Finished, "finished");
        for (uint256 i = 0; i < seats; ++i) CAMPAIGNS.claim(id, _providers[i]);
    }

    /// Half of the shares' window after the contributions', disputes can be raised.
    function _average(uint256 id) private {
        _pass(2 * WINDOW);
        CAMPAIGNS.closeRound(id, 0, _point(77 + id), hex"00", new bytes[](AGGREGATORS));
    }

    function _excludeAndLapse(uint256 id, uint256 round) private {
        _pass(WINDOW + WINDOW / 2);
        CAMPAIGNS.disputeShare(id, round, _providers[1], 2, _authorization());
        _pass(3 * WINDOW);
        CAMPAIGNS.exclude(id, round, _providers[1], _commitments(2));
        CAMPAIGNS.lapse(id);
    }

    function _need(bool done, string memory what) private pure {
        if (!done) revert NotPlayed(what);
    }

    function _terms(uint16 rounds, uint16 seats) private pure returns (CampaignTerms memory terms) {
        terms.schemaHash = "schema";
        (terms.rateNumerator, terms.rateDenominator, terms.decayDenominator) = (1, 10, 1);
        (terms.feat, terms.lk, terms.b, terms.steps) = (2, 1, 8, 1);
        (terms.rounds, terms.minProviders, terms.maxProviders) = (rounds, 3, seats);
        (terms.rowCap, terms.rewardPerRow, terms.floorPricePerQuery) = (9, 1e18, rounds - 1);
        // all but a ten thousandth, and a third
        terms.ownerShareBasisPoints = rounds == 1 ? 9_999 : 3_333;
        terms.joinSeconds = uint32(WINDOW);
        (terms.contributionSeconds, terms.shareSeconds) = (uint32(WINDOW), uint32(WINDOW));
        (terms.answerSeconds, terms.aggregationSeconds) = (uint32(WINDOW), uint32(WINDOW));
    }
}
