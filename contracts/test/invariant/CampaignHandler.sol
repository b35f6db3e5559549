// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignState, CampaignTerms, Commitments, Deadlines, ShareOpening} from "../../src/CampaignTypes.sol";
import {CampaignBook} from "./CampaignBook.sol";

/// @title Plays campaigns, and books what succeeded
/// @notice Every action may fail, as the contracts decide; what must not succeed sets `violation`. But for grants and pauses, which it tries
/// itself first, all is done by the handler, who has no part in any campaign and no role.
contract CampaignHandler is CampaignBook {
    uint256 public granted;
    /// Base units paid, by provider.
    uint256[PROVIDERS] public claimed;
    /// How often each action succeeded, and the same after an averaged round.
    mapping(string action => uint256) public done;
    mapping(string action => uint256) public doneLater;

    /// The runner need not keep the time from one call to the next.
    modifier step() {
        VM.warp(_time);
        _;
        _compare();
    }

    /// One campaign at a time, mostly.
    function open(uint256 seed) external step {
        if (_opened.length > 1 && !_opened[_opened.length - 1].over && seed % 8 != 0) return;
        CampaignTerms memory terms;
        terms.schemaHash = "schema";
        (terms.rateNumerator, terms.rateDenominator, terms.decayDenominator) = (1, 10, 1);
        (terms.feat, terms.lk, terms.b, terms.steps) = (2, 1, 8, 1);
        terms.rowCap = uint32(bound(uint32(seed), 4, 12));
        terms.rounds = uint16(bound(uint32(seed >> 32), 1, 3));
        terms.minProviders = uint16(PROVIDERS_LOWEST);
        terms.maxProviders = uint16(bound(uint32(seed >> 64), PROVIDERS_LOWEST, PROVIDERS));
        terms.rewardPerRow = uint128(bound(uint32(seed >> 96), 0, 1000));
        (terms.joinSeconds, terms.contributionSeconds) = (uint32(JOIN), uint32(CONTRIBUTION));
        (terms.shareSeconds, terms.answerSeconds) = (uint32(SHARE), uint32(ANSWER));
        terms.aggregationSeconds = uint32(AGGREGATION);
        uint256 reserved = uint256(terms.rounds) * terms.maxProviders * terms.rowCap * terms.rewardPerRow;
        _require(!_try(abi.encodeCall(CAMPAIGNS.grantBudget, (owner(), reserved))), "granted by a stranger");
        _grant(reserved);
        granted += reserved;
        if (!_openCampaign(terms)) return;
        _require(!_paused, "opened during a pause");
        Opened storage book = _opened.push();
        (book.reserved, book.rewardPerRow) = (reserved, terms.rewardPerRow);
        (book.rounds, book.rowCap, book.seatsHighest) = (terms.rounds, terms.rowCap, terms.maxProviders);
        book.begins = _clock() + JOIN;
        ++done["open"];
    }

    function join(uint256 campaign, uint256 players) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (!any) return;
        for (uint256 i = 0; i < PROVIDERS; ++i) {
            uint256 d = (players >> (16 + i)) & 1;
            bool allowed = !_paused && _joinable(id) && _seats[id][i] == 0;
            if (!_plays(players, i) || !_join(id, i, d)) continue;
            _require(allowed, "joined");
            _seats[id][i] = d + 1;
            if (++_opened[id].seats == _opened[id].seatsHighest) _opened[id].begins = _clock();
            ++done["join"];
        }
    }

    /// Mostly to the present round, and with the data sets that have the seats.
    function contribute(uint256 campaign, uint256 players, uint256 seed) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (!any) return;
        uint256 present = _opened[id].round;
        uint256 round = seed % 8 != 0 || present == 0 ? present : present - 1;
        for (uint256 i = 0; i < PROVIDERS; ++i) {
            uint256 own = uint256(keccak256(abi.encode(seed, i)));
            uint256 d = _seats[id][i] == 2 ? 1 : 0;
            if ((players >> (16 + 2 * i)) & 3 == 3) d = 1 - d;
            bool allowed = !_paused && _takesContributions(id) && round == present && _seats[id][i] == d + 1;
            if (!_plays(players, i) || !_contribute(id, round, i, d, own)) continue;
            _require(allowed && _nextRounds[id][i] <= round, "contributed");
            _nextRounds[id][i] = round + 1;
            ++_opened[id].counted;
            _made.push(Contribution(id, round, _weight(id, i, d), own, i, 0, 0, false));
            _count("contribute", id);
        }
    }

    /// About a recent contributor, in the present round of its campaign, whether it has contributed to that one or to an earlier one only.
    function dispute(uint256 which, uint256 aggregator) external step {
        if (_made.length == 0) return;
        Contribution storage made = _lastOfItsProvider(_recent(which, false));
        uint256 k = aggregator % AGGREGATORS;
        address provider = _providers[made.player];
        bytes memory call = abi.encodeCall(
            CAMPAIGNS.disputeShare,
            (made.campaignId, _opened[made.campaignId].round, provider, k, _authorization())
        );
        if (!_try(call)) return;
        bool allowed = !_paused && _disputable(made.campaignId) && _isPresent(made) && !made.excluded;
        _require(allowed && made.raised & (1 << k) == 0, "disputed");
        if (made.open == 0) ++_opened[made.campaignId].inDispute;
        (made.raised, made.open) = (made.raised | uint8(1 << k), made.open | uint8(1 << k));
        _count("dispute", made.campaignId);
    }

    function answer(uint256 which, uint256 aggregator, bool lie) external step {
        if (_made.length == 0) return;
        Contribution storage made = _recent(which, true);
        uint256 k = aggregator % AGGREGATORS;
        while (made.open != 0 && which % 8 != 0 && made.open & (1 << k) == 0) k = (k + 1) % AGGREGATORS;
        ShareOpening memory opening = _opening(lie ? made.seed + 1 : made.seed, k);
        address provider = _providers[made.player];
        bytes memory call = abi.encodeCall(
            CAMPAIGNS.revealShare,
            (made.campaignId, made.round, provider, _commitments(made.seed), opening)
        );
        if (!_try(call)) return;
        bool allowed = !_paused && _answerable(made.campaignId) && _isPresent(made);
        _require(allowed && made.open & (1 << k) != 0, "answered");
        _require(!lie, "a lie was an answer");
        made.open &= ~uint8(1 << k);
        if (made.open == 0) --_opened[made.campaignId].inDispute;
        _count("answer", made.campaignId);
    }

    function exclude(uint256 which) external step {
        if (_made.length != 0) _exclude(_recent(which, true));
    }

    function close(uint256 campaign, uint256 seed) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (!any) return;
        Opened storage book = _opened[id];
        uint256 round = seed % 8 != 0 || book.round == 0 ? book.round : book.round - 1;
        bytes[] memory signatures = new bytes[](AGGREGATORS);
        if (!_try(abi.encodeCall(CAMPAIGNS.closeRound, (id, round, _point(seed), hex"00", signatures)))) return;
        _require(!_paused && _closable(id) && round == book.round, "closed");
        _count("close", id);
        (book.begins, book.counted) = (_clock(), 0);
        book.over = ++book.round == book.rounds;
    }

    /// Mostly by what the state asks for.
    function end(uint256 campaign) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (any) _end(id, (_state(id) == CampaignState.Open) != ((campaign >> 16) % 8 == 0));
    }

    function claim(uint256 campaign, uint256 who) external step {
        (uint256 id, bool any) = _campaign(campaign);
        if (any) _claim(id, who % PROVIDERS);
    }

    /// To a campaign's next deadline, one time in three to a second before it.
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
            if (all[i] > _time) return _warp(seconds_ % 3 == 0 && all[i] > _time + 1 ? all[i] - 1 : all[i]);
        }
    }

    /// Three pauses in four end before anything else happens.
    function pause(uint256 seconds_) external step {
        if (!_paused) {
            _require(!_try(abi.encodeCall(CAMPAIGNS.pause, ())), "paused by a stranger");
            VM.prank(GOVERNANCE);
            if (!_try(abi.encodeCall(CAMPAIGNS.pause, ()))) return;
            _paused = true;
            ++done["pause"];
            _warp(_time + bound(seconds_ >> 2, 1, 1 hours));
            if (seconds_ % 4 == 0) return;
        }
        _require(!_try(abi.encodeCall(CAMPAIGNS.unpause, ())), "a pause ended by a stranger");
        VM.prank(GOVERNANCE);
        CAMPAIGNS.unpause();
        _paused = false;
    }

    /// What anybody can do, whatever has happened: wait, and end all campaigns.
    function finish() external step {
        if (_paused) {
            _warp(_time + 30 days);
            CAMPAIGNS.unpause();
            _paused = false;
        }
        // Longer than all windows: every deadline of every present round is over.
        _warp(_time + 1 days);
        for (uint256 i = 0; i < _made.length; ++i) if (_made[i].open != 0) _exclude(_made[i]);
        for (uint256 id = 1; id < _opened.length; ++id) {
            _end(id, _state(id) == CampaignState.Open);
            for (uint256 i = 0; i < PROVIDERS; ++i) _claim(id, i);
        }
    }

    /// Logarithms of the commitments to a contribution's model and to aggregator k's share.
    function logs(uint256 seed, uint256 k) external pure returns (uint256 model, uint256 share) {
        return (_modelLog(seed), _shareLog(seed, k));
    }

    function _exclude(Contribution storage made) private {
        uint256 id = made.campaignId;
        address provider = _providers[made.player];
        Commitments memory commitments = _commitments(made.seed);
        if (!_try(abi.encodeCall(CAMPAIGNS.exclude, (id, made.round, provider, commitments)))) return;
        _require(_excludable(id) && _isPresent(made) && made.open != 0, "excluded");
        (made.open, made.excluded) = (0, true);
        --_opened[id].inDispute;
        --_opened[id].counted;
        _count("exclude", id);
    }

    function _end(uint256 id, bool cancels) private {
        bytes memory call = cancels ? abi.encodeCall(CAMPAIGNS.cancel, (id)) : abi.encodeCall(CAMPAIGNS.lapse, (id));
        if (!_try(call)) return;
        if (cancels) _require(_cancellable(id), "cancelled");
        else _require(_lapsable(id), "lapsed");
        _opened[id].over = true;
        _count(cancels ? "cancel" : "lapse", id);
    }

    function _claim(uint256 id, uint256 i) private {
        uint256 before = TOKEN.balanceOf(_providers[i]);
        if (!_try(abi.encodeCall(CAMPAIGNS.claim, (id, _providers[i])))) return;
        claimed[i] += TOKEN.balanceOf(_providers[i]) - before;
        _count("claim", id);
    }

    function _count(string memory action, uint256 id) private {
        ++done[action];
        if (_opened[id].round != 0) ++doneLater[action];
    }

    /// Three times in four the last one.
    function _campaign(uint256 choice) private view returns (uint256 id, bool any) {
        uint256 count = _opened.length - 1;
        if (count == 0) return (0, false);
        return (choice % 4 == 0 ? 1 + ((choice >> 2) % count) : count, true);
    }

    /// One of the last eight: the others are history, mostly.
    /// @param disputed one with an open dispute, if there is any from the chosen one on
    function _recent(uint256 choice, bool disputed) private view returns (Contribution storage made) {
        uint256 count = _made.length;
        uint256 recent = count < 8 ? count : 8;
        made = _made[count - 1 - (choice % recent)];
        for (uint256 i = choice % recent; disputed && i < recent; ++i) {
            if (_made[count - 1 - i].open != 0) return _made[count - 1 - i];
        }
    }

    function _lastOfItsProvider(Contribution storage made) private view returns (Contribution storage last) {
        last = made;
        for (uint256 i = 0; i < _made.length; ++i) {
            if (_made[i].campaignId == made.campaignId && _made[i].player == made.player) last = _made[i];
        }
    }

    /// Three times in four everybody, else some.
    function _plays(uint256 players, uint256 i) private pure returns (bool) {
        return players % 4 != 0 || (players >> (i + 2)) & 1 == 1;
    }
}
