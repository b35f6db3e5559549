// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Permit, Tier} from "../../src/InferenceTypes.sol";
import {AcceptingWallet} from "./AcceptingWallet.sol";
import {FinishedCampaigns} from "./FinishedCampaigns.sol";

/// @title Sells inference at random, and keeps the plainest ledger of what succeeded
/// @notice Every action may fail, as the contract decides; what must not succeed sets `violation`.
contract InferenceHandler is FinishedCampaigns {
    /// What is known of a pass without asking the contract.
    struct Sold {
        uint256 modelId;
        uint256 price;
        uint256 queries;
        uint256 fee;
        uint256 termEnd;
        uint256 redeemed;
        uint256 refund;
        address buyer;
        bool closed;
    }

    uint256 private constant BUYERS = 3;
    uint256 private constant GRACE = 3 days;

    address private immutable AUDITOR = msg.sender;
    address private immutable SESSION_KEY = address(new AcceptingWallet());

    /// First thing that happened and must not, if any.
    string public violation;
    /// Base units that came in, and that went out as shares and as fees.
    uint256 public paid;
    uint256 public claimed;
    uint256 public feesClaimed;
    /// How often each action succeeded.
    mapping(string action => uint256) public done;
    Sold[] private _sold;
    uint256 private _fee;
    /// Seconds of all pauses that are over, and the begin of the present one.
    uint256 private _pausedSeconds;
    uint256 private _pausedSince;

    /// The runner need not keep the time from one call to the next.
    modifier step() {
        VM.warp(_time);
        _;
    }

    constructor() {
        for (uint256 i = 0; i < PROVIDERS; ++i) {
            uint256 amount = TOKEN.balanceOf(_providers[i]);
            VM.prank(_providers[i]);
            TOKEN.transfer(_buyer(i), amount);
        }
    }

    function list(uint256 which, uint256 seed) external step {
        Tier[] memory tiers = new Tier[](seed % 3);
        for (uint256 i = 0; i < tiers.length; ++i) {
            uint256 own = uint256(keccak256(abi.encode(seed, i)));
            uint32 queries = uint32(bound(uint32(own), 1, 40));
            tiers[i] = Tier(
                queries,
                uint32(bound(uint32(own >> 32), 1, 20 days)),
                uint128(bound(uint64(own >> 64), 0, own % 2 == 0 ? 1e6 : 1e18))
            );
        }
        VM.prank(owner());
        if (_try(address(MARKET), abi.encodeCall(MARKET.list, (_model(which), address(0x5E11), "", tiers))))
            ++done["list"];
    }

    function buy(uint256 which, uint256 tier, uint256 who, uint256 quoteOf) external step {
        (uint256 id, address buyer) = (_model(which), _buyer(who));
        Tier[] memory tiers = MARKET.tiers(id);
        if (tiers.length == 0) return;
        uint256 index = tier % tiers.length;
        uint256 quoted = quoteOf % 4 == 0 ? quoteOf % tiers.length : index;
        bytes32 quote = MARKET.quote(id, quoted);
        uint256 price = tiers[index].price;
        VM.prank(buyer);
        TOKEN.approve(address(MARKET), price);
        bytes memory call = abi.encodeCall(MARKET.buyPass, (id, index, quote, SESSION_KEY, Permit(0, 0, 0, 0)));
        uint256 before = TOKEN.balanceOf(buyer);
        VM.prank(buyer);
        if (!_try(address(MARKET), call)) return;
        if (before - TOKEN.balanceOf(buyer) != price) violation = "another price";
        if (quote != MARKET.quote(id, index)) violation = "another quote";
        if (_pausedSince != 0) violation = "bought during a pause";
        paid += price;
        uint256 termEnd = _clock() + tiers[index].termSeconds;
        _sold.push(Sold(id, price, tiers[index].queries, _fee, termEnd, 0, 0, buyer, false));
        ++done["buy"];
    }

    function redeem(uint256 which, uint256 count) external step {
        if (_sold.length == 0) return;
        uint256 passId = _recent(which);
        Sold storage sold = _sold[passId - 1];
        // one beyond what was bought, at most
        uint32 upTo = uint32(count % (sold.queries + 2));
        if (!_try(address(MARKET), abi.encodeCall(MARKET.redeem, (passId, upTo, 0, 0, "")))) return;
        if (sold.closed) violation = "redeemed after its end";
        if (upTo <= sold.redeemed || upTo > sold.queries) violation = "redeemed another count";
        sold.redeemed = upTo;
        ++done["redeem"];
    }

    function close(uint256 which) external step {
        if (_sold.length != 0) _close(_recent(which));
    }

    function claim(uint256 which, uint256 who) external step {
        _claim(_model(which), _account(who % (PROVIDERS + 1)));
    }

    function claimFees() external step {
        _claimFees();
    }

    function setFee(uint16 fee) external step {
        uint16 bounded = uint16(bound(fee, 0, 1100));
        if (!_try(address(MARKET), abi.encodeCall(MARKET.setFee, (bounded)))) return;
        if (bounded > 1000) violation = "too high a fee";
        _fee = bounded;
        ++done["setFee"];
    }

    /// Passes must stay where they are.
    function transfer(uint256 which, uint256 who) external step {
        if (_sold.length == 0) return;
        uint256 passId = _recent(which);
        address buyer = _sold[passId - 1].buyer;
        bytes memory call = abi.encodeCall(MARKET.safeTransferFrom, (buyer, _buyer(who), passId, 1, ""));
        VM.prank(buyer);
        if (_try(address(MARKET), call)) violation = "a pass moved";
    }

    /// To the end of a pass's term or grace, or a second before or after it.
    function await(uint256 which, uint256 seconds_) external step {
        if (_sold.length == 0) return _pass(bound(seconds_, 1, 1 days));
        uint256 end = _sold[_recent(which) - 1].termEnd + (seconds_ % 2) * GRACE + ((seconds_ >> 1) % 3);
        if (end > _clock() + 1) _pass(end - 1 - _clock());
    }

    /// Three pauses in four end before anything else happens.
    function pause(uint256 seconds_) external step {
        if (_pausedSince == 0) {
            if (!_try(address(MARKET), abi.encodeCall(MARKET.pause, ()))) return;
            _pausedSince = _time;
            _pass(bound(seconds_ >> 2, 1, 1 days));
            ++done["pause"];
            if (seconds_ % 4 == 0) return;
        }
        _unpause();
    }

    /// What anybody can do, whatever has happened: wait, close all passes, and have all accounts paid. Not one of the random
    /// actions.
    function finish() external step {
        if (msg.sender != AUDITOR) return;
        if (_pausedSince != 0) _unpause();
        _pass(24 days);
        for (uint256 i = 0; i < _sold.length; ++i) {
            if (!_sold[i].closed && !_close(i + 1)) violation = "a pass cannot be closed";
        }
        for (uint256 id = 1; id <= MODELS; ++id) {
            for (uint256 i = 0; i <= PROVIDERS; ++i) {
                bool owed = MARKET.claimable(id, _account(i)) != 0;
                if (_claim(id, _account(i)) != owed) violation = "a claim is held up";
            }
        }
        if (MARKET.fees() != 0 && !_claimFees()) violation = "fees are held up";
    }

    function passes() external view returns (Sold[] memory) {
        return _sold;
    }

    /// Everybody who can be owed something: the providers, then the owner.
    function account(uint256 i) external view returns (address) {
        return _account(i);
    }

    function _close(uint256 passId) private returns (bool) {
        Sold storage sold = _sold[passId - 1];
        uint256 before = TOKEN.balanceOf(sold.buyer);
        if (!_try(address(MARKET), abi.encodeCall(MARKET.close, (passId)))) return false;
        if (sold.closed) violation = "closed twice";
        bool over = _clock() >= sold.termEnd + GRACE;
        if (!over && sold.redeemed != sold.queries) violation = "closed too early";
        if (MARKET.balanceOf(sold.buyer, passId) != 0) violation = "closed, and still a token";
        sold.closed = true;
        sold.refund = TOKEN.balanceOf(sold.buyer) - before;
        ++done["close"];
        return true;
    }

    function _claim(uint256 id, address who) private returns (bool) {
        uint256 before = TOKEN.balanceOf(who);
        uint256 owed = MARKET.claimable(id, who);
        if (!_try(address(MARKET), abi.encodeCall(MARKET.claim, (id, who)))) return false;
        uint256 got = TOKEN.balanceOf(who) - before;
        if (got != owed || got == 0) violation = "paid something else";
        claimed += got;
        ++done["claim"];
        return true;
    }

    function _claimFees() private returns (bool) {
        uint256 before = TOKEN.balanceOf(MARKET.treasury());
        if (!_try(address(MARKET), abi.encodeCall(MARKET.claimFees, ()))) return false;
        feesClaimed += TOKEN.balanceOf(MARKET.treasury()) - before;
        ++done["claimFees"];
        return true;
    }

    function _unpause() private {
        MARKET.unpause();
        _pausedSeconds += _time - _pausedSince;
        _pausedSince = 0;
    }

    /// Seconds that were not paused.
    function _clock() private view returns (uint256) {
        return (_pausedSince == 0 ? _time : _pausedSince) - _pausedSeconds;
    }

    function _account(uint256 i) private view returns (address) {
        return i < PROVIDERS ? _providers[i] : owner();
    }

    /// One of the last eight: the others are history, mostly.
    function _recent(uint256 choice) private view returns (uint256 passId) {
        uint256 count = _sold.length;
        uint256 recent = count < 8 ? count : 8;
        return count - (choice % recent);
    }

    function _model(uint256 choice) private pure returns (uint256) {
        return 1 + (choice % MODELS);
    }

    function _buyer(uint256 choice) private pure returns (address) {
        return address(uint160(0xB0B0 + (choice % BUYERS)));
    }
}
