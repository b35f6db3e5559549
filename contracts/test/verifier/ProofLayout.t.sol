// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IVerifierErrors} from "../../src/verifier/IVerifierErrors.sol";
import {ProofLayout} from "../../src/verifier/ProofLayout.sol";
import {Layout, Shape} from "../../src/verifier/Verification.sol";
import {TestBase} from "../TestBase.sol";

contract ProofLayoutTest is TestBase {
    function requireSupported(Shape memory shape) public pure {
        ProofLayout.requireSupported(shape);
    }

    function locate(Shape memory shape, bytes calldata proof) public pure returns (Layout memory layout) {
        layout = ProofLayout.locate(shape, proof);
    }

    function _shape(uint256 pairs, uint256 hidden, uint256 n1, uint256 n2) private pure returns (Shape memory shape) {
        (shape.pairs, shape.hidden, shape.n1, shape.n2) = (pairs, hidden, n1, n2);
    }

    function testAcceptsShapesThatFillThePad() public view {
        this.requireSupported(_shape(128, 0, 0, 0));
        this.requireSupported(_shape(44, 0, 28, 28));
        this.requireSupported(_shape(0, 88, 28, 28));
    }

    function testFuzzRejectsShapesThatOverfillThePad(uint8 pairs, uint8 hidden, uint8 n1, uint8 n2) public {
        uint256 rounds1 = uint256(n1) % 29;
        uint256 rounds2 = uint256(n2) % 29;
        uint256 slots = 2 * uint256(pairs) + uint256(hidden) + 4 * rounds1 + 2 * rounds2;
        if (slots > 256) {
            VM.expectRevert(abi.encodeWithSelector(IVerifierErrors.PadCapacityExceeded.selector, slots, 256));
        }
        this.requireSupported(_shape(pairs, hidden, rounds1, rounds2));
    }

    function testRejectsMoreThan28Variables() public {
        VM.expectRevert(abi.encodeWithSelector(IVerifierErrors.TooManyVariables.selector, 29, 28));
        this.requireSupported(_shape(0, 0, 29, 8));
        VM.expectRevert(abi.encodeWithSelector(IVerifierErrors.TooManyVariables.selector, 31, 28));
        this.requireSupported(_shape(0, 0, 8, 31));
    }

    function testFuzzMessagesFollowOneAnotherWithoutGaps(uint8 points, uint8 pairs, uint8 n1, uint8 n2) public view {
        Shape memory shape = _shape(uint256(pairs) % 16, 3, uint256(n1) % 29, uint256(n2) % 29);
        (shape.phase1Points, shape.phase2Points, shape.clear) = (uint256(points) % 16, uint256(points) / 16, 1);
        uint256 scalars = 3 + 4 * shape.n1 + 2 * shape.pairs + 1 + 2 * shape.n2 + 2;
        uint256 size = 64 * (11 + shape.phase1Points + shape.phase2Points + shape.n2) + 32 * scalars;
        Layout memory layout = this.locate(shape, new bytes(size));
        assertEq(layout.hidden - layout.columns, 64 * (3 + shape.phase1Points + shape.phase2Points));
        assertEq(layout.s1 - layout.hidden, 32 * 3);
        assertEq(layout.values - layout.s1, 32 * 4 * shape.n1);
        assertEq(layout.s2 - layout.values, 32 * (2 * shape.pairs + 1));
        assertEq(layout.opening - layout.s2, 32 * 2 * shape.n2);
        assertEq(layout.evaluations - layout.opening, 64 * (2 + shape.n2 + 3));
        assertEq(layout.last - layout.evaluations, 32 * 2);
        assertEq(layout.columns + size - layout.last, 64 * 3);
    }
}
