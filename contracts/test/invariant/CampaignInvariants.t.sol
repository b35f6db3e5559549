// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignState, Round} from "../../src/CampaignTypes.sol";
import {G1} from "../../src/market/G1.sol";
import {TrainingCampaigns} from "../../src/TrainingCampaigns.sol";
import {FR} from "../../src/verifier/Bn254.sol";
import {G1Point} from "../../src/verifier/VerifierTypes.sol";
import {TestBase} from "../TestBase.sol";
import {CampaignBook} from "./CampaignBook.sol";
import {CampaignHandler} from "./CampaignHandler.sol";
import {CampaignPlay} from "./CampaignPlay.sol";

/// @title What holds of campaigns after any sequence of calls
contract CampaignInvariantsTest is TestBase {
    uint256 private constant PROVIDERS = 5;

    CampaignHandler private _handler;
    CampaignPlay private _play;
    TrainingCampaigns private _campaigns;

    error Violated(string what);

    function setUp() external {
        _handler = new CampaignHandler();
        _campaigns = _handler.CAMPAIGNS();
        _play = new CampaignPlay(_handler);
        targetContract(address(_play));
    }

    /// By the handler's own rules and times: seats, contributions, disputes, answers and ends only while they may be, whatever data set and
    /// round they name; no lie for an answer, no end under dispute; states, rounds and times as booked; grants and pauses by governance.
    function invariantNothingForbiddenSucceeds() external view {
        _requireNoViolation();
    }

    function invariantSumsAreThoseOfWhatWasNotExcluded() external view {
        CampaignBook.Contribution[] memory made = _handler.contributions();
        for (uint256 id = 1; id <= _campaigns.campaigns(); ++id) {
            uint256 present = _handler.opened(id).round;
            for (uint256 r = 0; r <= present; ++r) _requireSums(made, id, r);
        }
    }

    function invariantSupplyIsEscrowAndReleasedRewards() external view {
        CampaignBook.Contribution[] memory made = _handler.contributions();
        (uint256 minted, uint256 reservedOrSpent) = (0, 0);
        for (uint256 id = 1; id <= _campaigns.campaigns(); ++id) {
            CampaignBook.Opened memory book = _handler.opened(id);
            uint256 amount = _rows(made, id, false) * book.rewardPerRow;
            uint256 spent = amount + _burned(made, id);
            assertLe(spent, book.reserved);
            minted += amount;
            reservedOrSpent += book.over ? spent : book.reserved;
        }
        uint256 escrow = _handler.TOKEN().balanceOf(address(_campaigns));
        assertEq(_handler.TOKEN().totalSupply(), minted);
        assertEq(escrow + _claimed(), minted);
        assertEq(_campaigns.budgetOf(_handler.owner()) + reservedOrSpent, _handler.granted());
    }

    /// What each provider can claim is exactly what rounds that are over minted for it, less what it was paid.
    function invariantOnlyRoundsThatAreOverAreClaimable() external view {
        CampaignBook.Contribution[] memory made = _handler.contributions();
        uint256[PROVIDERS] memory released;
        uint256[] memory points = new uint256[](_campaigns.campaigns() + 1);
        for (uint256 i = 0; i < made.length; ++i) {
            CampaignBook.Opened memory book = _handler.opened(made[i].campaignId);
            if (made[i].excluded || !(book.over || made[i].round < book.round)) continue;
            points[made[i].campaignId] += made[i].weight;
            released[made[i].player] += made[i].weight * book.rewardPerRow;
        }
        for (uint256 id = 1; id < points.length; ++id) assertEq(_campaigns.progress(id).points, points[id]);
        for (uint256 i = 0; i < PROVIDERS; ++i) {
            assertEq(_campaigns.claimable(_handler.provider(i)) + _handler.claimed(i), released[i]);
        }
    }

    /// From every state anybody reaches a final one by waiting, and then nothing is left in escrow.
    function invariantEveryCampaignCanBeEnded() external {
        _handler.finish();
        _requireNoViolation();
        CampaignBook.Contribution[] memory made = _handler.contributions();
        uint256 burned = 0;
        for (uint256 id = 1; id <= _campaigns.campaigns(); ++id) {
            if (_campaigns.state(id) < CampaignState.Finished) revert Violated("stuck");
            burned += _burned(made, id);
        }
        assertEq(_handler.TOKEN().balanceOf(address(_campaigns)), 0);
        assertEq(_handler.TOKEN().totalSupply(), _claimed());
        assertEq(_campaigns.budgetOf(_handler.owner()) + _claimed() + burned, _handler.granted());
    }

    /// The handler is able to do everything.
    function testEveryActionSucceeds() external {
        _playByHand();
        string[11] memory actions = [
            "open",
            "join",
            "contribute",
            "dispute",
            "answer",
            "exclude",
            "close",
            "claim",
            "lapse",
            "cancel",
            "pause"
        ];
        uint8[11] memory times = [2, 4, 8, 4, 2, 2, 1, 1, 1, 1, 1];
        for (uint256 i = 0; i < 11; ++i) {
            if (_handler.done(actions[i]) != times[i]) revert Violated(actions[i]);
        }
        assertEq(uint256(_campaigns.state(1)), uint256(CampaignState.Finished));
        assertEq(uint256(_campaigns.state(2)), uint256(CampaignState.Cancelled));
    }

    /// Random histories do in later rounds whatever they do in the first.
    function testHistoriesGoBeyondTheFirstAverage() external {
        for (uint256 i = 0; i < 500; ++i) _play.play(i);
        _requireAll();
        string[6] memory actions = ["contribute", "dispute", "answer", "exclude", "close", "lapse"];
        for (uint256 i = 0; i < 6; ++i) {
            if (_handler.doneLater(actions[i]) == 0) revert Violated(actions[i]);
        }
    }

    /// A history of two rounds with an exclusion from either; what holds of random histories holds of it too.
    function _playByHand() private {
        uint256 all = 1;
        // two rounds, four seats, a reward of 500
        uint256 terms = 5 + (2 << 32) + (4 << 64) + (500 << 96);
        _handler.open(terms);
        _handler.join(1, all);
        _handler.contribute(1, all, 1);
        _await(2);
        _handler.dispute(0, 0);
        _handler.dispute(1, 1);
        _handler.dispute(1, 2);
        _handler.answer(1, 2, true);
        _handler.answer(1, 2, false);
        _handler.answer(1, 1, false);
        _await(2);
        _handler.close(1, 77);
        _handler.exclude(0);
        _requireAll();
        _handler.close(1, 77);
        _requireAll();
        _handler.claim(1, 0);
        _handler.contribute(1, all, 2);
        _requireAll();
        _await(2);
        _handler.dispute(2, 2);
        _await(2);
        _handler.exclude(2);
        _requireAll();
        _handler.pause(400);
        _handler.pause(0);
        _await(1);
        _handler.end((1 << 16) | 1);
        _handler.open(terms);
        _await(1);
        _handler.end((1 << 16) | 1);
        _requireAll();
    }

    function _await(uint256 times) private {
        for (uint256 i = 0; i < times; ++i) _handler.await(1, 1);
    }

    function _requireAll() private view {
        this.invariantNothingForbiddenSucceeds();
        this.invariantSumsAreThoseOfWhatWasNotExcluded();
        this.invariantSupplyIsEscrowAndReleasedRewards();
        this.invariantOnlyRoundsThatAreOverAreClaimable();
    }

    function _requireSums(CampaignBook.Contribution[] memory made, uint256 id, uint256 r) private view {
        Round memory round = _campaigns.round(id, r);
        (uint256[3] memory logs, uint256 contributors, uint256 points) = _sums(made, id, r);
        assertEq(round.weightTotal, points);
        assertEq(round.contributors, contributors);
        _requireLog(round.sum, logs[0]);
        for (uint256 k = 0; k < 2; ++k) _requireLog(_campaigns.shareSum(id, r, k), logs[k + 1]);
    }

    /// Weighted sums of the logarithms of a round's models and of the first two shares.
    function _sums(
        CampaignBook.Contribution[] memory made,
        uint256 id,
        uint256 r
    ) private view returns (uint256[3] memory logs, uint256 contributors, uint256 points) {
        for (uint256 i = 0; i < made.length; ++i) {
            if (made[i].campaignId != id || made[i].round != r || made[i].excluded) continue;
            points += made[i].weight;
            ++contributors;
            for (uint256 k = 0; k < 2; ++k) {
                (uint256 model, uint256 share) = _handler.logs(made[i].seed, k);
                if (k == 0) logs[0] = addmod(logs[0], mulmod(model, made[i].weight, FR), FR);
                logs[k + 1] = addmod(logs[k + 1], mulmod(share, made[i].weight, FR), FR);
            }
        }
    }

    /// Rows of a campaign's contributions, either of those that were excluded or of the others.
    function _rows(
        CampaignBook.Contribution[] memory made,
        uint256 id,
        bool excluded
    ) private pure returns (uint256 rows) {
        for (uint256 i = 0; i < made.length; ++i) {
            if (made[i].campaignId == id && made[i].excluded == excluded) rows += made[i].weight;
        }
    }

    /// Base units minted for contributions that were excluded, by the handler's ledger; the contract counts the same rows.
    function _burned(CampaignBook.Contribution[] memory made, uint256 id) private view returns (uint256) {
        uint256 rows = _rows(made, id, true);
        assertEq(_campaigns.progress(id).excludedPoints, rows);
        return rows * _handler.opened(id).rewardPerRow;
    }

    function _claimed() private view returns (uint256 amount) {
        for (uint256 i = 0; i < PROVIDERS; ++i) amount += _handler.claimed(i);
    }

    function _requireNoViolation() private view {
        string memory what = _handler.violation();
        if (bytes(what).length != 0) revert Violated(what);
    }

    function _requireLog(G1Point memory point, uint256 log) private view {
        G1Point memory expected = G1.multiply(G1Point(1, 2), log);
        assertEq(point.x, expected.x);
        assertEq(point.y, expected.y);
    }
}
