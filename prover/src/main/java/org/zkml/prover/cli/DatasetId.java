package org.zkml.prover.cli;

import java.math.BigInteger;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.relation.DatasetStatement;

/** The name of a data set on chain: {@code keccak256(abi.encode(provider, C_X, C_Y))}. */
public final class DatasetId {

    private DatasetId() {}

    public static byte[] of(Address provider, G1Affine x, G1Affine y) {
        return Keccak256.hash(new byte[12], provider.toBytes(), x.toBytes(), y.toBytes());
    }

    static byte[] of(DatasetStatement statement) {
        final BigInteger contributor = statement.contributor();
        return of(Address.of(contributor), statement.x(), statement.y());
    }
}
