// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Action} from "./CampaignBook.sol";
import {CampaignHandler} from "./CampaignHandler.sol";

/// @title One random action after the other: two in three are what the last campaign waits for, or histories would end in their first round
contract CampaignPlay {
    CampaignHandler private _handler;
    uint256 private _steps;

    constructor(CampaignHandler handler) {
        _handler = handler;
    }

    function play(uint256 seed) external {
        uint256 random = uint256(keccak256(abi.encode(seed, ++_steps)));
        Action action = Action((random >> 8) % (uint256(type(Action).max) + 1));
        if (random % 3 != 0) action = _handler.awaited(random >> 16);
        (uint256 a, uint256 b, uint256 c) = (uint64(random >> 24), uint64(random >> 88), uint64(random >> 152));
        if (action == Action.Open) _handler.open(uint256(keccak256(abi.encode(random))));
        else if (action == Action.Join) _handler.join(a, b);
        else if (action == Action.Contribute) _handler.contribute(a, b, c);
        else if (action == Action.Dispute) _handler.dispute(a, b);
        else if (action == Action.Answer) _handler.answer(a, b, c % 4 == 0);
        else if (action == Action.Exclude) _handler.exclude(a);
        else if (action == Action.Close) _handler.close(a, b);
        else if (action == Action.End) _handler.end(a);
        else if (action == Action.Claim) _handler.claim(a, b);
        else if (action == Action.Await) _handler.await(a, b);
        else _handler.pause(a);
    }
}
