// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Earnings} from "../../src/InferenceTypes.sol";
import {InferenceMarket} from "../../src/InferenceMarket.sol";
import {ITrainingCampaigns} from "../../src/ITrainingCampaigns.sol";
import {TestBase} from "../TestBase.sol";
import {InferenceHandler} from "./InferenceHandler.sol";

/// @title What holds of the sale of inference after any sequence of calls
contract InferenceInvariantsTest is TestBase {
    uint256 private constant MODELS = 2;
    uint256 private constant PROVIDERS = 5;
    /// Seat that contributed to nothing but a round that lapsed.
    uint256 private constant ABSENT = 4;

    /// What passes should have released, base units.
    struct Expected {
        uint256 escrow;
        uint256 refunds;
        uint256 fees;
        uint256[3] owner;
        uint256[3] contributors;
    }

    InferenceHandler private _handler;
    InferenceMarket private _market;
    ITrainingCampaigns private _campaigns;

    error Violated(string what);

    function setUp() external {
        _handler = new InferenceHandler();
        _market = _handler.MARKET();
        _campaigns = _handler.CAMPAIGNS();
        targetContract(address(_handler));
    }

    /// No count twice, no early end, no transfer, no other price than the quote's.
    function invariantNothingForbiddenSucceeds() external view {
        _requireNoViolation();
    }

    /// Payments are escrow, refunds, fees and shares; and all that is left is here.
    function invariantEveryUnitIsAccountedFor() external view {
        Expected memory expected = _expected();
        uint256 held = _handler.TOKEN().balanceOf(address(_market));
        assertEq(_market.fees() + _handler.feesClaimed(), expected.fees);
        uint256 shares = expected.owner[1] + expected.owner[2] + expected.contributors[1] + expected.contributors[2];
        assertEq(expected.escrow + expected.refunds + expected.fees + shares, _handler.paid());
        assertEq(held + expected.refunds + _handler.feesClaimed() + _handler.claimed(), _handler.paid());
    }

    /// Points hold what contributors earned to the last bit; what all may claim is that, but for a unit each at most.
    function invariantClaimsAreWhatWasEarned() external view {
        Expected memory expected = _expected();
        (uint256 owed, uint256 earned) = (0, 0);
        for (uint256 id = 1; id <= MODELS; ++id) {
            (Earnings memory current, uint256 contributorsEarned) = _market.earnings(id);
            uint256 points = _market.model(id).points;
            assertEq(contributorsEarned, expected.contributors[id]);
            assertEq(current.ownerEarned, expected.owner[id]);
            assertEq(points * current.perPoint + current.carry, expected.contributors[id] << 128);
            assertLe(current.carry + 1, points);
            for (uint256 i = 0; i <= PROVIDERS; ++i) owed += _market.claimable(id, _handler.account(i));
            earned += expected.contributors[id] + expected.owner[id];
        }
        assertLe(owed + _handler.claimed(), earned);
        assertLe(earned, owed + _handler.claimed() + MODELS * PROVIDERS);
    }

    /// A model's points are its seats' in the one round of either campaign that was averaged: nothing is earned by points of nobody,
    /// nor in a round that lapsed.
    function invariantPointsAreTheSeats() external view {
        for (uint256 id = 1; id <= MODELS; ++id) {
            uint256 points = 0;
            for (uint256 i = 0; i < PROVIDERS; ++i) {
                if (i != ABSENT) points += _campaigns.seat(id, _handler.provider(i)).weight;
            }
            assertEq(_market.model(id).points, points);
            assertEq(_market.claimable(id, _handler.provider(ABSENT)), 0);
        }
    }

    /// From every state anybody can close every pass and have everybody paid; then less than a unit an account is left.
    function invariantEveryPassCanBeClosedAndEverybodyPaid() external {
        _handler.finish();
        _requireNoViolation();
        Expected memory expected = _expected();
        assertEq(expected.escrow, 0);
        assertEq(_market.fees(), 0);
        assertLe(_handler.TOKEN().balanceOf(address(_market)), MODELS * PROVIDERS);
    }

    /// The handler is able to do everything: a history by hand.
    function testEveryActionSucceeds() external {
        for (uint256 id = 0; id < MODELS; ++id) _handler.list(id, 2);
        _handler.setFee(777);
        for (uint256 i = 0; i < 4; ++i) _handler.buy(i, 0, i, 1);
        for (uint256 i = 0; i < 4; ++i) _handler.redeem(i, 1);
        _handler.claim(0, 0);
        _handler.claim(1, PROVIDERS);
        _handler.claimFees();
        _handler.transfer(0, 1);
        _handler.pause(4097);
        for (uint256 i = 0; i < 4; ++i) {
            _handler.await(i, 3);
            _handler.close(i);
        }
        _requireNoViolation();
        string[8] memory actions = ["list", "setFee", "buy", "redeem", "claim", "claimFees", "pause", "close"];
        uint8[8] memory times = [2, 1, 4, 4, 2, 1, 1, 4];
        for (uint256 i = 0; i < 8; ++i) {
            if (_handler.done(actions[i]) != times[i]) revert Violated(actions[i]);
        }
    }

    /// By the handler's ledger and the rule of docs/marketplace.md, written down again.
    function _expected() private view returns (Expected memory expected) {
        InferenceHandler.Sold[] memory sold = _handler.passes();
        for (uint256 i = 0; i < sold.length; ++i) {
            uint256 id = sold[i].modelId;
            uint256 released = (sold[i].price * sold[i].redeemed) / sold[i].queries;
            uint256 fee = (released * sold[i].fee) / 10_000;
            uint256 owner = ((released - fee) * _campaigns.campaign(id).ownerShareBasisPoints) / 10_000;
            expected.fees += fee;
            expected.owner[id] += owner;
            expected.contributors[id] += released - fee - owner;
            expected.refunds += sold[i].refund;
            if (!sold[i].closed) expected.escrow += sold[i].price - released;
            else assertEq(sold[i].refund, sold[i].price - released);
        }
    }

    function _requireNoViolation() private view {
        string memory what = _handler.violation();
        if (bytes(what).length != 0) revert Violated(what);
    }
}
