// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignProgress, CampaignState} from "../../src/CampaignTypes.sol";
import {MarketPlayers} from "./MarketPlayers.sol";

/// @notice What the random players can do.
enum Action {
    Open,
    Join,
    Contribute,
    Dispute,
    Answer,
    Exclude,
    Close,
    End,
    Claim,
    Await,
    Pause
}

/// @title The plainest ledger of campaigns, and the rules by which they are played, written down again
/// @notice It asks the contracts nothing, but to hold their answers against its own. Rules are of the present second.
abstract contract CampaignBook is MarketPlayers {
    struct Contribution {
        uint256 campaignId;
        uint256 round;
        uint256 weight;
        uint256 seed;
        /// Number of the provider.
        uint256 player;
        /// Bit k: aggregator k's dispute, and the same while it is not answered.
        uint8 raised;
        uint8 open;
        bool excluded;
    }

    struct Opened {
        uint256 reserved;
        uint256 rewardPerRow;
        uint256 rowCap;
        uint256 rounds;
        uint256 seats;
        uint256 seatsHighest;
        /// By the clock that stands still during a pause: end of joining, then begin of the present round.
        uint256 begins;
        uint256 round;
        /// Contributions to the present round that count, and those of them in dispute.
        uint256 counted;
        uint256 inDispute;
        bool over;
    }

    uint256 internal constant PROVIDERS_LOWEST = 3;
    uint256 internal constant JOIN = 1 hours;
    uint256 internal constant CONTRIBUTION = 2 hours;
    uint256 internal constant SHARE = 2 hours;
    uint256 internal constant ANSWER = 1 hours;
    uint256 internal constant AGGREGATION = 1 hours;
    uint256 private constant DISPUTE_BEGIN = CONTRIBUTION + SHARE / 2;
    uint256 internal constant SHARE_END = CONTRIBUTION + SHARE;
    uint256 internal constant ANSWER_END = SHARE_END + ANSWER;

    /// First thing that happened and must not, if any.
    string public violation;
    Contribution[] internal _made;
    /// The first is number 1.
    Opened[] internal _opened;
    /// Data set that took the provider's seat, from 1; 0: it has none.
    mapping(uint256 campaignId => uint256[PROVIDERS]) internal _seats;
    /// The round after the provider's last contribution.
    mapping(uint256 campaignId => uint256[PROVIDERS]) internal _nextRounds;
    uint256 internal _time = 1_800_000_000;
    bool internal _paused;
    /// Seconds that the clock stood still.
    uint256 private _stood;

    constructor() {
        _opened.push();
    }

    function contributions() external view returns (Contribution[] memory) {
        return _made;
    }

    function opened(uint256 campaignId) external view returns (Opened memory) {
        return _opened[campaignId];
    }

    /// What the last campaign waits for, if nothing else then time; a dispute, or an answer, as the choice falls.
    function awaited(uint256 choice) external view returns (Action) {
        uint256 id = _opened.length - 1;
        if (_paused) return Action.Pause;
        if (id == 0 || _opened[id].over) return Action.Open;
        if (_joinable(id)) return Action.Join;
        // now and then somebody stays away, or tries too late
        bool missing = _opened[id].counted < _opened[id].seats;
        if (missing && (_takesContributions(id) ? choice % 4 != 0 : choice % 8 == 1)) return Action.Contribute;
        if (_disputable(id) && choice % 2 == 0) return Action.Dispute;
        if (_answerable(id) && choice % 4 != 3) return Action.Answer;
        if (_excludable(id)) return Action.Exclude;
        if (_closable(id)) return Action.Close;
        return _cancellable(id) || _lapsable(id) ? Action.End : Action.Await;
    }

    function _warp(uint256 time) internal {
        if (_paused) _stood += time - _time;
        _time = time;
        VM.warp(time);
    }

    /// Notes that something happened.
    /// @param allowed whether it may
    function _require(bool allowed, string memory what) internal {
        if (!allowed && bytes(violation).length == 0) violation = what;
    }

    /// State, rounds and times are those of the book.
    function _compare() internal {
        for (uint256 id = 1; id < _opened.length; ++id) {
            Opened storage book = _opened[id];
            CampaignProgress memory present = CAMPAIGNS.progress(id);
            _require(present.state == _state(id) && present.round == book.round, "another state or round");
            uint256 begins = _time + book.begins - _clock();
            _require(CAMPAIGNS.deadlines(id).begin == begins, "another time");
            _require(CAMPAIGNS.round(id, book.round).inDispute == book.inDispute, "another number of disputes");
        }
    }

    function _state(uint256 id) internal view returns (CampaignState) {
        Opened storage book = _opened[id];
        if (book.over) return book.round == 0 ? CampaignState.Cancelled : CampaignState.Finished;
        if (_clock() < book.begins || book.seats < PROVIDERS_LOWEST) return CampaignState.Open;
        return CampaignState.Running;
    }

    function _joinable(uint256 id) internal view returns (bool) {
        Opened storage book = _opened[id];
        return !book.over && _clock() < book.begins && book.seats < book.seatsHighest;
    }

    function _takesContributions(uint256 id) internal view returns (bool) {
        return _within(id, 0, CONTRIBUTION);
    }

    function _disputable(uint256 id) internal view returns (bool) {
        return _within(id, DISPUTE_BEGIN, SHARE_END) && _enough(id);
    }

    function _answerable(uint256 id) internal view returns (bool) {
        return _within(id, 0, ANSWER_END) && _opened[id].inDispute != 0;
    }

    function _excludable(uint256 id) internal view returns (bool) {
        return _within(id, ANSWER_END, type(uint128).max) && _opened[id].inDispute != 0;
    }

    function _closable(uint256 id) internal view returns (bool) {
        return _within(id, SHARE_END, type(uint128).max) && _opened[id].inDispute == 0 && _enough(id);
    }

    function _cancellable(uint256 id) internal view returns (bool) {
        return _state(id) == CampaignState.Open && _clock() >= _opened[id].begins;
    }

    function _lapsable(uint256 id) internal view returns (bool) {
        uint256 due = _enough(id) ? ANSWER_END + AGGREGATION : CONTRIBUTION;
        return _within(id, due, type(uint128).max) && _opened[id].inDispute == 0;
    }

    function _isPresent(Contribution storage made) internal view returns (bool) {
        return made.round == _opened[made.campaignId].round;
    }

    /// @return rows that the provider's data set d counts for
    function _weight(uint256 id, uint256 i, uint256 d) internal view returns (uint256 rows) {
        rows = _rows(i, d);
        if (rows > LIST_CAP) rows = LIST_CAP;
        if (rows > _opened[id].rowCap) rows = _opened[id].rowCap;
    }

    function _clock() internal view returns (uint256) {
        return _time - _stood;
    }

    function _enough(uint256 id) private view returns (bool) {
        return _opened[id].counted >= PROVIDERS_LOWEST;
    }

    /// @return whether the campaign is running, between two times of its present round
    function _within(uint256 id, uint256 from, uint256 until) private view returns (bool) {
        if (_state(id) != CampaignState.Running) return false;
        uint256 age = _clock() - _opened[id].begins;
        return age >= from && age < until;
    }
}
