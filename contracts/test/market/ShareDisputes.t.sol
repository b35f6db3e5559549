// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Campaign} from "../../src/CampaignTypes.sol";
import {ICampaignErrors} from "../../src/ICampaignErrors.sol";
import {ShareDisputes} from "../../src/market/ShareDisputes.sol";
import {TestBase} from "../TestBase.sol";

/// @title One contribution and the disputes about it, at no time in particular
contract Disputes {
    uint256 public constant CAMPAIGN = 7;
    uint256 public constant ROUND = 3;
    address public constant PROVIDER = address(0xaa);
    Campaign private _campaign;

    constructor() {
        _campaign.seats[PROVIDER].nextRound = uint16(ROUND + 1);
    }

    function exclude() external {
        _campaign.disputes[ROUND][PROVIDER].excluded = true;
    }

    function raise(uint256 aggregatorIndex) external {
        ShareDisputes.raise(_campaign, CAMPAIGN, ROUND, PROVIDER, aggregatorIndex);
    }

    function inDispute() external view returns (uint256) {
        return _campaign.rounds[ROUND].inDispute;
    }
}

/// @title Excluded contributions are out of every dispute, whatever the clock admits
contract ShareDisputesTest is TestBase {
    Disputes private _disputes;

    function setUp() external {
        _disputes = new Disputes();
    }

    function testAContributionIsDisputedByEveryAggregatorAndCountedOnce() external {
        for (uint256 k = 0; k < 8; ++k) _disputes.raise(k);
        assertEq(_disputes.inDispute(), 1);
    }

    function testAnExcludedContributionIsNotDisputed() external {
        _disputes.exclude();
        VM.expectRevert(
            abi.encodeWithSelector(
                ICampaignErrors.NoContribution.selector,
                _disputes.CAMPAIGN(),
                _disputes.ROUND(),
                _disputes.PROVIDER()
            )
        );
        _disputes.raise(0);
        assertEq(_disputes.inDispute(), 0);
    }
}
