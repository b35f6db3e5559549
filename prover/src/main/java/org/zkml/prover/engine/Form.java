package org.zkml.prover.engine;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.field.Scalar;

/**
 * A public polynomial in the proof's hidden messages: a constant, multiples of messages, and multiples of products of the two
 * messages of a pair, the only ones the pad can express. Messages are named by their slots (see {@link Structure}).
 */
public final class Form {

    /** coefficient times the message in the slot. */
    public record Linear(int slot, Scalar coefficient) {}

    /** coefficient times the product of the messages in slots 2 pair and 2 pair + 1. */
    public record Product(int pair, Scalar coefficient) {}

    private Scalar constant = Scalar.ZERO;
    private final List<Linear> linear = new ArrayList<>();
    private final List<Product> products = new ArrayList<>();

    /** A constant. */
    public static Form of(Scalar constant) {
        return new Form().plus(constant);
    }

    /** The message in a slot. */
    public static Form message(int slot) {
        return new Form().plus(Scalar.ONE, slot);
    }

    /** Adds a constant. */
    public Form plus(Scalar value) {
        constant = constant.add(value);
        return this;
    }

    /** Adds coefficient times the message in the slot. */
    public Form plus(Scalar coefficient, int slot) {
        linear.add(new Linear(slot, coefficient));
        return this;
    }

    /**
     * Adds coefficient times the product of the messages in two slots.
     *
     * @throws IllegalArgumentException if the slots are no pair
     */
    public Form plusProduct(Scalar coefficient, int slot, int otherSlot) {
        if (slot >> 1 != otherSlot >> 1 || slot == otherSlot) {
            throw new IllegalArgumentException("slots " + slot + " and " + otherSlot + " are no pair");
        }
        products.add(new Product(slot >> 1, coefficient));
        return this;
    }

    public Scalar constant() {
        return constant;
    }

    public List<Linear> linear() {
        return linear;
    }

    public List<Product> products() {
        return products;
    }
}
