// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignProgress, CampaignState, CampaignTerms, Deadlines, ShareOpening} from "../../src/CampaignTypes.sol";
import {MarketPlayers} from "./MarketPlayers.sol";

/// @title Plays campaigns at random, and keeps the plainest ledger of what succeeded
/// @notice Every action may fail, as the contracts decide; what must not succeed sets `violation`.
contract CampaignHandler is MarketPlayers {
    struct Contribution {
        uint256 campaignId;
        uint256 round;
        uint256 weight;
        uint256 seed;
        address provider;
        /// Bit k: aggregator k's dispute, not answered.
        uint8 open;
        bool excluded;
    }

    struct Opened {
        uint256 reserved;
        CampaignState state;
        uint256 round;
    }

    address private immutable AUDITOR = msg.sender;

    /// First thing that happened and must not, if any.
    string public violation;
    uint256 public granted;
    uint256 public claimed;
    /// How often each action succeeded.
    mapping(string action => uint256) public done;
    Contribution[] private _made;
    mapping(uint256 campaignId => Opened) private _opened;
    mapping(bytes32 campaignRoundDataset => uint256) private _payments;
    uint256 private _time = 1_800_000_000;

    /// The runner need not keep the time from one call to the next.
    modifier step() {
        VM.warp(_time);
        _;
        _observe();
    }

    function open(uint256 seed) external step {
        (uint256 last, bool any) = _campaign(1);
        // one at a time, mostly
        if (any && CAMPAIGNS.state(last) < CampaignState.Finished && seed % 8 != 0) return;
        CampaignTerms memory terms;
        terms.schemaHash = "schema";
        (terms.rateNumerator, terms.rateDenominator, terms.decayDenominator) = (1, 10, 1);
        (terms.feat, terms.lk, terms.b, terms.steps) = (2, 1, 8, 1);
        terms.rowCap = uint32(bound(uint32(seed), 4, 12));
        terms.rounds = uint16(bound(uint32(seed >> 32), 1, 3));
        terms.minProviders = 3;
        terms.maxProviders = uint16(bound(uint32(seed >> 64), 3, PROVIDERS));
        terms.rewardPerRow = uint128(bound(uint32(seed >> 96), 0, 1000));
        (terms.joinSeconds, terms.contributionSeconds, terms.shareSeconds) = (1 hours, 2 hours, 2 hours);
        (terms.answerSeconds, terms.aggregationSeconds) = (1 hours, 1 hours);
        uint256 reserved = uint256(terms.rounds) * terms.maxProviders * terms.rowCap * terms.rewardPerRow;
        CAMPAIGNS.grantBudget(owner(), reserved);
        granted += reserved;
        if (!_openCampaign(terms)) return;
        _opened[CAMPAIGNS.campaigns()] = Opened(reserved, CampaignState.Open, 0);
        ++done["open"];
    }

    function join(uint256 campaign, uint256 players) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (!any) return;
        for (uint256 i = 0; i < PROVIDERS; ++i) {
            if (_plays(players, i) && _join(id, i)) ++done["join"];
        }
    }

    function contribute(uint256 campaign, uint256 players, uint256 seed) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (!any) return;
        uint256 round = CAMPAIGNS.progress(id).round;
        for (uint256 i = 0; i < PROVIDERS; ++i) {
            uint256 own = uint256(keccak256(abi.encode(seed, i)));
            if (!_plays(players, i) || !_contribute(id, round, i, own)) continue;
            uint256 weight = CAMPAIGNS.seat(id, _providers[i]).weight;
            _made.push(Contribution(id, round, weight, own, _providers[i], 0, false));
            ++done["contribute"];
            if (++_payments[keccak256(abi.encode(id, round, _datasets[i]))] > 1) violation = "paid twice";
        }
    }

    function dispute(uint256 which, uint256 aggregator) external step {
        if (_made.length == 0) return;
        Contribution storage made = _recent(which);
        uint256 k = aggregator % AGGREGATORS;
        bytes memory call = abi.encodeCall(
            CAMPAIGNS.disputeShare,
            (made.campaignId, made.round, made.provider, k, _authorization())
        );
        if (!_try(call)) return;
        made.open |= uint8(1 << k);
        ++done["dispute"];
    }

    function answer(uint256 which, uint256 aggregator, bool lie) external step {
        if (_made.length == 0) return;
        Contribution storage made = _recent(which);
        uint256 k = aggregator % AGGREGATORS;
        ShareOpening memory opening = _opening(lie ? made.seed + 1 : made.seed, k);
        bytes memory call = abi.encodeCall(
            CAMPAIGNS.revealShare,
            (made.campaignId, made.round, made.provider, _commitments(made.seed), opening)
        );
        if (!_try(call)) return;
        if (lie) violation = "a lie was an answer";
        if (made.open & (1 << k) == 0) violation = "an answer to nothing";
        made.open &= ~uint8(1 << k);
        ++done["answer"];
    }

    function exclude(uint256 which) external step {
        if (_made.length != 0) _exclude(_recent(which));
    }

    function close(uint256 campaign, uint256 seed) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (!any) return;
        uint256 round = CAMPAIGNS.progress(id).round;
        bytes[] memory signatures = new bytes[](AGGREGATORS);
        if (!_try(abi.encodeCall(CAMPAIGNS.closeRound, (id, round, _point(seed), hex"00", signatures)))) return;
        _requireSettled(id, round);
        ++done["close"];
    }

    function end(uint256 campaign) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (any) _end(id);
    }

    function claim(uint256 campaign, uint256 who) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (any) _claim(id, _providers[who % PROVIDERS]);
    }

    /// To a campaign's next deadline, or a second before or after it.
    function await(uint256 campaign, uint256 seconds_) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (!any) return;
        Deadlines memory ends = CAMPAIGNS.deadlines(id);
        uint256[6] memory all = [
            ends.begin,
            ends.contribution,
            ends.dispute,
            ends.share,
            ends.answer,
            ends.aggregation
        ];
        for (uint256 i = 0; i < 6; ++i) {
            if (all[i] > _time) return _warp(all[i] + (seconds_ % 3) - 1);
        }
    }

    /// Three pauses in four end before anything else happens.
    function pause(uint256 seconds_) external step {
        if (!CAMPAIGNS.paused()) {
            if (!_try(abi.encodeCall(CAMPAIGNS.pause, ()))) return;
            _warp(_time + bound(seconds_ >> 2, 1, 1 hours));
            ++done["pause"];
            if (seconds_ % 4 == 0) return;
        }
        CAMPAIGNS.unpause();
    }

    /// What anybody can do, whatever has happened: wait, and end all campaigns. Not one of the random actions.
    function finish() external step {
        if (msg.sender != AUDITOR) return;
        if (CAMPAIGNS.paused()) {
            _warp(_time + 30 days);
            VM.prank(address(1));
            CAMPAIGNS.unpause();
        }
        // Longer than all windows: every deadline of every present round is over.
        _warp(_time + 1 days);
        for (uint256 i = 0; i < _made.length; ++i) if (_made[i].open != 0) _exclude(_made[i]);
        for (uint256 id = 1; id <= CAMPAIGNS.campaigns(); ++id) {
            _end(id);
            for (uint256 i = 0; i < PROVIDERS; ++i) _claim(id, _providers[i]);
        }
    }

    function contributions() external view returns (Contribution[] memory) {
        return _made;
    }

    function opened(uint256 campaignId) external view returns (Opened memory) {
        return _opened[campaignId];
    }

    /// Logarithms of the commitments to a contribution's model and to aggregator k's share.
    function logs(uint256 seed, uint256 k) external pure returns (uint256 model, uint256 share) {
        return (_modelLog(seed), _shareLog(seed, k));
    }

    function _exclude(Contribution storage made) private {
        uint256 due = CAMPAIGNS.deadlines(made.campaignId).answer;
        bytes memory call = abi.encodeCall(
            CAMPAIGNS.exclude,
            (made.campaignId, made.round, made.provider, _commitments(made.seed))
        );
        if (!_try(call)) return;
        if (made.open == 0) violation = "excluded without a dispute";
        if (_time < due) violation = "excluded before the answer was due";
        (made.open, made.excluded) = (0, true);
        ++done["exclude"];
    }

    function _end(uint256 id) private {
        uint256 round = CAMPAIGNS.progress(id).round;
        if (CAMPAIGNS.state(id) == CampaignState.Open) {
            if (_try(abi.encodeCall(CAMPAIGNS.cancel, (id)))) ++done["cancel"];
        } else if (_try(abi.encodeCall(CAMPAIGNS.lapse, (id)))) {
            _requireSettled(id, round);
            ++done["lapse"];
        }
    }

    function _claim(uint256 id, address who) private {
        uint256 before = TOKEN.balanceOf(who);
        if (!_try(abi.encodeCall(CAMPAIGNS.claim, (id, who)))) return;
        claimed += TOKEN.balanceOf(who) - before;
        ++done["claim"];
    }

    function _warp(uint256 time) private {
        _time = time;
        VM.warp(time);
    }

    /// Nothing is released while a contribution is under dispute.
    function _requireSettled(uint256 id, uint256 round) private {
        for (uint256 i = 0; i < _made.length; ++i) {
            Contribution storage made = _made[i];
            if (made.campaignId == id && made.round == round && made.open != 0) violation = "ended under dispute";
        }
    }

    /// States and rounds go forward only.
    function _observe() private {
        for (uint256 id = 1; id <= CAMPAIGNS.campaigns(); ++id) {
            CampaignProgress memory present = CAMPAIGNS.progress(id);
            Opened storage before = _opened[id];
            bool over = before.state == CampaignState.Finished || before.state == CampaignState.Cancelled;
            if (over && (present.state != before.state || present.round != before.round))
                violation = "moved after its end";
            if (present.state < before.state) violation = "state went back";
            if (present.round != before.round && present.round != before.round + 1) violation = "round left out";
            bool averaged = present.round > 0;
            if (present.state == CampaignState.Cancelled && averaged) violation = "an average was cancelled";
            if (present.state == CampaignState.Finished && !averaged) violation = "finished without an average";
            (before.state, before.round) = (present.state, present.round);
        }
    }

    /// Three times in four the last one.
    function _campaign(uint256 choice) private view returns (uint256 id, bool any) {
        uint256 count = CAMPAIGNS.campaigns();
        if (count == 0) return (0, false);
        return (choice % 4 == 0 ? 1 + ((choice >> 2) % count) : count, true);
    }

    /// One of the last eight: the others are history, mostly.
    function _recent(uint256 choice) private view returns (Contribution storage) {
        uint256 count = _made.length;
        uint256 recent = count < 8 ? count : 8;
        return _made[count - 1 - (choice % recent)];
    }

    /// Three times in four everybody, else some.
    function _plays(uint256 players, uint256 i) private pure returns (bool) {
        return players % 4 != 0 || (players >> (i + 2)) & 1 == 1;
    }
}
