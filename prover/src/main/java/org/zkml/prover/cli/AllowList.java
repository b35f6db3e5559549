package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zkml.prover.hash.Keccak256;

/**
 * Who may join a campaign, with how many rows: the Merkle tree of OpenZeppelin's library. Leaves {@code keccak(keccak(account, rowCap))}, sorted, stand at the end of a complete binary tree in reverse;
 * a parent is the keccak of its children, the lower first.
 */
public final class AllowList {

    /** Servers take no more. */
    static final int MAX_ENTRIES = 10_000;

    private final List<Entry> entries;
    private final byte[][] nodes;

    /** @param rowCap rows of this account that count in a round, at least 1, below 2^32 */
    public record Entry(Address account, long rowCap) {
        byte[] leaf() {
            final byte[] words = new byte[64];
            System.arraycopy(account.toBytes(), 0, words, 12, Address.BYTES);
            for (int i = 0; i < 4; i++) {
                words[63 - i] = (byte) (rowCap >>> (8 * i));
            }
            return Keccak256.hash(Keccak256.hash(words));
        }
    }

    private AllowList(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        final byte[][] leaves = entries.stream()
                .map(Entry::leaf)
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
        nodes = new byte[2 * leaves.length - 1][];
        for (int i = 0; i < leaves.length; i++) {
            nodes[nodes.length - 1 - i] = leaves[i];
        }
        for (int i = leaves.length - 2; i >= 0; i--) {
            nodes[i] = parent(nodes[2 * i + 1], nodes[2 * i + 2]);
        }
    }

    /** How many accounts are on it. */
    int size() {
        return entries.size();
    }

    /** Reads {@code entries}, a list of objects with {@code account} and {@code rowCap}. */
    static AllowList read(JsonFile json) {
        final Set<Address> seen = new HashSet<>();
        final List<Entry> entries = json.objects("entries", entry -> {
            final Address account = entry.parsed("account", Address::parse);
            if (!seen.add(account)) {
                throw entry.problem("account", "is in the list twice", "name every account once");
            }
            return new Entry(account, entry.integer("rowCap", 1, 0xffff_ffffL));
        });
        if (entries.isEmpty()) {
            throw json.problem("entries", "is empty", "name the accounts that may join");
        }
        if (entries.size() > MAX_ENTRIES) {
            throw json.problem("entries", "has " + entries.size() + " accounts", "name at most " + MAX_ENTRIES);
        }
        return new AllowList(entries);
    }

    ObjectNode write() {
        final ObjectNode json = Console.object();
        final ArrayNode list = json.putArray("entries");
        for (Entry entry : entries) {
            list.addObject().put("account", Hex.of(entry.account().toBytes())).put("rowCap", entry.rowCap());
        }
        return json;
    }

    byte[] root() {
        return nodes[0].clone();
    }

    /** The account's entry, or null. */
    Entry entry(Address account) {
        return entries.stream()
                .filter(entry -> entry.account().equals(account))
                .findFirst()
                .orElse(null);
    }

    /** The siblings on the way from an entry to the root. */
    List<byte[]> path(Entry entry) {
        final byte[] leaf = entry.leaf();
        int at = nodes.length / 2;
        while (!Arrays.equals(nodes[at], leaf)) {
            at++;
        }
        final List<byte[]> path = new ArrayList<>();
        for (; at > 0; at = (at - 1) / 2) {
            path.add(nodes[at % 2 == 1 ? at + 1 : at - 1]);
        }
        return path;
    }

    private static byte[] parent(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b) < 0 ? Keccak256.hash(a, b) : Keccak256.hash(b, a);
    }
}
