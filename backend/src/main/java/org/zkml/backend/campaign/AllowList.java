package org.zkml.backend.campaign;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zkml.backend.chain.Hex;
import org.zkml.prover.hash.Keccak256;

/**
 * The accounts that may join a campaign, as OpenZeppelin's Merkle tree: leaves are {@code keccak(keccak(account, rowCap))}, sorted, at the
 * end of a complete binary tree in reverse; parents hash their children in ascending order.
 */
public final class AllowList {

    private final List<Entry> entries;
    private final byte[][] leaves;
    private final byte[][] tree;

    /**
     * @param account 0x-hex
     * @param rowCap rows of it that count at most
     */
    public record Entry(String account, long rowCap) {
        private byte[] leaf() {
            final byte[] word = Keccak256.hash(
                    Hex.word(new BigInteger(account.substring(2), 16)), Hex.word(BigInteger.valueOf(rowCap)));
            return Keccak256.hash(word);
        }
    }

    /** @throws IllegalArgumentException if it is empty */
    public AllowList(List<Entry> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("an allow-list names somebody");
        }
        this.entries = List.copyOf(entries);
        leaves = entries.stream().map(Entry::leaf).toArray(byte[][]::new);
        tree = new byte[2 * leaves.length - 1][];
        final byte[][] sorted = leaves.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        for (int i = 0; i < sorted.length; i++) {
            tree[tree.length - 1 - i] = sorted[i];
        }
        for (int i = tree.length - 1 - sorted.length; i >= 0; i--) {
            tree[i] = parent(tree[2 * i + 1], tree[2 * i + 2]);
        }
    }

    private static byte[] parent(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b) < 0 ? Keccak256.hash(a, b) : Keccak256.hash(b, a);
    }

    public List<Entry> entries() {
        return entries;
    }

    /** What a campaign's terms hold of it. */
    public byte[] root() {
        return tree[0].clone();
    }

    /** What shows the contract that the entry is in the list: siblings from the leaf to the root. */
    public List<byte[]> path(Entry entry) {
        final byte[] leaf = leaves[entries.indexOf(entry)];
        int index = 0;
        while (!Arrays.equals(tree[index], leaf) || 2 * index + 1 < tree.length) {
            index++;
        }
        final List<byte[]> path = new ArrayList<>();
        while (index > 0) {
            path.add(tree[index % 2 == 0 ? index - 1 : index + 1]);
            index = (index - 1) / 2;
        }
        return path;
    }
}
