// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CampaignState, Round} from "../../src/CampaignTypes.sol";
import {G1} from "../../src/market/G1.sol";
import {TrainingCampaigns} from "../../src/TrainingCampaigns.sol";
import {FR} from "../../src/verifier/Bn254.sol";
import {G1Point} from "../../src/verifier/VerifierTypes.sol";
import {TestBase} from "../TestBase.sol";
import {CampaignHandler} from "./CampaignHandler.sol";

/// @title What holds of campaigns after any sequence of calls
contract CampaignInvariantsTest is TestBase {
    uint256 private constant PROVIDERS = 5;
    uint256 private constant ROUNDS_HIGHEST = 3;

    CampaignHandler private _handler;
    TrainingCampaigns private _campaigns;

    error Violated(string what);

    function setUp() external {
        _handler = new CampaignHandler();
        _campaigns = _handler.CAMPAIGNS();
        targetContract(address(_handler));
    }

    /// One payment a (campaign, round, data set), no lie for an answer, no end under dispute, states and rounds in order.
    function invariantNothingForbiddenSucceeds() external view {
        _requireNoViolation();
    }

    function invariantSumsAreThoseOfWhatWasNotExcluded() external view {
        for (uint256 id = 1; id <= _campaigns.campaigns(); ++id) {
            for (uint256 r = 0; r < ROUNDS_HIGHEST; ++r) _requireSums(id, r);
        }
    }

    function invariantSupplyIsEscrowAndReleasedRewards() external view {
        (uint256 minted, uint256 reservedOrSpent) = (0, 0);
        for (uint256 id = 1; id <= _campaigns.campaigns(); ++id) {
            (, , uint256 points) = _points(id, type(uint256).max);
            uint256 amount = points * _campaigns.campaign(id).rewardPerRow;
            uint256 reserved = _handler.opened(id).reserved;
            uint256 spent = amount + _burned(id);
            assertLe(spent, reserved);
            minted += amount;
            reservedOrSpent += _isOver(id) ? spent : reserved;
        }
        uint256 escrow = _handler.TOKEN().balanceOf(address(_campaigns));
        assertEq(_handler.TOKEN().totalSupply(), minted);
        assertEq(escrow + _handler.claimed(), minted);
        assertEq(_campaigns.budgetOf(_handler.owner()) + reservedOrSpent, _handler.granted());
    }

    /// Claimable is exactly what rounds that are over minted, less what was paid.
    function invariantOnlyRoundsThatAreOverAreClaimable() external view {
        (uint256 owed, uint256 released) = (0, 0);
        for (uint256 i = 0; i < PROVIDERS; ++i) owed += _campaigns.claimable(_handler.provider(i));
        for (uint256 id = 1; id <= _campaigns.campaigns(); ++id) {
            (, , uint256 points) = _points(id, type(uint256).max);
            (, , uint256 present) = _points(id, _campaigns.progress(id).round);
            uint256 over = _isOver(id) ? points : points - present;
            assertEq(_campaigns.progress(id).points, over);
            released += over * _campaigns.campaign(id).rewardPerRow;
        }
        assertEq(owed + _handler.claimed(), released);
    }

    /// From every state anybody reaches a final one by waiting, and then nothing is left in escrow.
    function invariantEveryCampaignCanBeEnded() external {
        _handler.finish();
        _requireNoViolation();
        uint256 burned = 0;
        for (uint256 id = 1; id <= _campaigns.campaigns(); ++id) {
            if (!_isOver(id)) revert Violated("stuck");
            burned += _burned(id);
        }
        assertEq(_handler.TOKEN().balanceOf(address(_campaigns)), 0);
        assertEq(_handler.TOKEN().totalSupply(), _handler.claimed());
        assertEq(_campaigns.budgetOf(_handler.owner()) + _handler.claimed() + burned, _handler.granted());
    }

    /// The handler is able to do everything: a history of two rounds by hand.
    function testEveryActionSucceeds() external {
        uint256 all = type(uint256).max;
        // two rounds, four seats, a reward of 500
        uint256 terms = 5 + (2 << 32) + (4 << 64) + (500 << 96);
        _handler.open(terms);
        _handler.join(0, all);
        _handler.contribute(0, all, 1);
        for (uint256 i = 0; i < 2; ++i) _handler.await(0, 1);
        _handler.dispute(0, 0);
        _handler.dispute(1, 1);
        _handler.dispute(1, 2);
        _handler.answer(1, 2, true);
        _handler.answer(1, 2, false);
        _handler.answer(1, 1, false);
        for (uint256 i = 0; i < 2; ++i) _handler.await(0, 1);
        _handler.close(0, 77);
        _handler.exclude(0);
        _handler.close(0, 77);
        _handler.claim(0, 0);
        _handler.contribute(0, all, 2);
        _handler.pause(400);
        _handler.pause(0);
        for (uint256 i = 0; i < 5; ++i) _handler.await(0, 1);
        _handler.end(0);
        _handler.open(terms);
        _handler.await(1, 1);
        _handler.end(1);
        _requireNoViolation();
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
        uint8[11] memory times = [2, 4, 8, 3, 2, 1, 1, 1, 1, 1, 1];
        for (uint256 i = 0; i < 11; ++i) {
            if (_handler.done(actions[i]) != times[i]) revert Violated(actions[i]);
        }
        assertEq(uint256(_campaigns.state(1)), uint256(CampaignState.Finished));
        assertEq(uint256(_campaigns.state(2)), uint256(CampaignState.Cancelled));
    }

    function _requireSums(uint256 id, uint256 r) private view {
        Round memory round = _campaigns.round(id, r);
        (uint256[3] memory logs, uint256 contributors, uint256 points) = _points(id, r);
        assertEq(round.weightTotal, points);
        assertEq(round.contributors, contributors);
        _requireLog(round.sum, logs[0]);
        for (uint256 k = 0; k < 2; ++k) _requireLog(_campaigns.shareSum(id, r, k), logs[k + 1]);
    }

    /// Weighted sums of the logarithms of models and of the first two shares, over a round or, for the highest number, all.
    function _points(
        uint256 id,
        uint256 r
    ) private view returns (uint256[3] memory logs, uint256 contributors, uint256 points) {
        CampaignHandler.Contribution[] memory made = _handler.contributions();
        for (uint256 i = 0; i < made.length; ++i) {
            bool counts = made[i].campaignId == id && (made[i].round == r || r == type(uint256).max);
            if (!counts || made[i].excluded) continue;
            points += made[i].weight;
            ++contributors;
            for (uint256 k = 0; k < 2; ++k) {
                (uint256 model, uint256 share) = _handler.logs(made[i].seed, k);
                if (k == 0) logs[0] = addmod(logs[0], mulmod(model, made[i].weight, FR), FR);
                logs[k + 1] = addmod(logs[k + 1], mulmod(share, made[i].weight, FR), FR);
            }
        }
    }

    /// Base units minted for contributions that were excluded, by the handler's ledger; the contract counts the same rows.
    function _burned(uint256 id) private view returns (uint256) {
        CampaignHandler.Contribution[] memory made = _handler.contributions();
        uint256 points = 0;
        for (uint256 i = 0; i < made.length; ++i) {
            if (made[i].campaignId == id && made[i].excluded) points += made[i].weight;
        }
        assertEq(_campaigns.progress(id).excludedPoints, points);
        return points * _campaigns.campaign(id).rewardPerRow;
    }

    function _isOver(uint256 id) private view returns (bool) {
        return _campaigns.state(id) >= CampaignState.Finished;
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
