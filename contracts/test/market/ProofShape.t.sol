// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IShapeErrors} from "../../src/IShapeErrors.sol";
import {ProofShape} from "../../src/market/ProofShape.sol";
import {TestBase} from "../TestBase.sol";

/// @title ProofShape as calls, so that a test can catch what it refuses
contract ProofShapeCalls {
    function train(uint8 lb, uint8 li, uint8 lk, uint8 lt, uint8 b, uint8 setupLog2) external pure {
        ProofShape.requireTrain(lb, li, lk, lt, b, setupLog2);
    }

    function dataset(uint8 ln, uint8 lk, uint8 b, uint8 setupLog2) external pure {
        ProofShape.requireDataset(ln, lk, b, setupLog2);
    }

    function evaluate(uint8 ln, uint8 lk, uint8 b, uint8 setupLog2) external pure {
        ProofShape.requireEvaluate(ln, lk, b, setupLog2);
    }
}

/// @title Shapes against the lists of sums and columns of docs/proof-system.md, written down one by one
contract ProofShapeTest is TestBase {
    ProofShapeCalls private immutable CALLS = new ProofShapeCalls();

    uint256[] private _sums;
    uint256[] private _columns;

    error OtherReason(bytes actual, bytes expected);

    function testFuzzTrain(uint8 lb, uint8 li, uint8 lk, uint8 lt, uint8 b, uint8 setup) external {
        (lb, li, lk, lt, b, setup) = (_small(lb), _small(li), _small(lk), _small(lt), _small(b), _small(setup));
        _sums = [lb + lk, lt + li, lt + li, lk + 3 + lt, uint256(b) + 1, uint256(b) + 1];
        // X, Y, W, out, zi, rem, p, aux, mult, h, haux, ht
        _columns = [uint256(lb) + li + lk, lb + li, lk, b + 1, li + lt, li + lt, li + lt, lk + 3 + lt];
        bytes memory reason;
        try CALLS.train(lb, li, lk, lt, b, setup) {
            delete reason;
        } catch (bytes memory data) {
            reason = data;
        }
        // That lb <= lt is checked apart.
        if (lb <= lt) _check(reason, 6, 3, setup);
    }

    function testFuzzDataset(uint8 ln, uint8 lk, uint8 b, uint8 setup) external {
        (ln, lk, b, setup) = (_small(ln), _small(lk), _small(b), _small(setup));
        _sums = [uint256(lk) + ln, ln, b, b];
        _columns = [uint256(lk) + ln, ln, b, lk + ln, ln, b];
        bytes memory reason;
        try CALLS.dataset(ln, lk, b, setup) {
            delete reason;
        } catch (bytes memory data) {
            reason = data;
        }
        _check(reason, 3, 1, setup);
    }

    function testFuzzEvaluate(uint8 ln, uint8 lk, uint8 b, uint8 setup) external {
        (ln, lk, b, setup) = (_small(ln), _small(lk), _small(b), _small(setup));
        _sums = [uint256(lk), ln, ln, ln, ln, lk + 2, b + 1, b + 1];
        _columns = [uint256(lk) + ln, ln, lk, b + 1, ln, lk + 2];
        bytes memory reason;
        try CALLS.evaluate(ln, lk, b, setup) {
            delete reason;
        } catch (bytes memory data) {
            reason = data;
        }
        _check(reason, 8, 2, setup);
    }

    function _check(bytes memory reason, uint256 pairs, uint256 hidden, uint256 setup) private view {
        uint256 n1 = _max(_sums);
        uint256 columns = _max(_columns);
        uint256 n2 = n1 > columns ? n1 : columns;
        uint256 slots = 2 * pairs + hidden + 4 * n1 + 2 * n2;
        if (slots > 256) {
            _requireReason(reason, abi.encodeWithSelector(IShapeErrors.ShapeBeyondPad.selector, slots, 256));
        } else if (n2 > setup) {
            _requireReason(reason, abi.encodeWithSelector(IShapeErrors.ShapeBeyondSetup.selector, n2, setup));
        } else {
            _requireReason(reason, "");
        }
    }

    function _requireReason(bytes memory actual, bytes memory expected) private pure {
        if (keccak256(actual) != keccak256(expected)) revert OtherReason(actual, expected);
    }

    function _max(uint256[] storage values) private view returns (uint256 greatest) {
        for (uint256 i = 0; i < values.length; ++i) if (values[i] > greatest) greatest = values[i];
    }

    /// Around the limits of setup and pad.
    function _small(uint8 seed) private pure returns (uint8) {
        return seed % 29;
    }
}
