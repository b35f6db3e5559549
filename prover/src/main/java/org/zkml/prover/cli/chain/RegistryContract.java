package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.util.HexFormat;
import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.Receipt;
import org.zkml.prover.cli.RegisteredDataset;
import org.zkml.prover.cli.Registration;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.relation.DatasetStatement;

/** The contract DatasetRegistry. */
public final class RegistryContract {

    private final Chain chain;
    private final Address address;
    private final DatasetRegistry calls;

    public RegistryContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
        this.calls =
                DatasetRegistry.load(address.toString(), chain.web3j(), chain.readOnly(), new DefaultGasProvider());
    }

    public Address parameters() {
        return Address.parse(
                chain.read(address, calls.parameters()).getFirst().getValue().toString());
    }

    public Address verifier() {
        return Address.parse(
                chain.read(address, calls.verifier()).getFirst().getValue().toString());
    }

    /** What is registered under an id, or null. */
    public RegisteredDataset dataset(byte[] id) {
        try {
            final var stored = (DatasetRegistry.Dataset)
                    chain.read(address, calls.dataset(id)).getFirst();
            return new RegisteredDataset(Address.parse(stored.provider), stored.n.longValueExact(), stored.retired);
        } catch (CommandException e) {
            if (e.getMessage().contains("DatasetUnknown(")) {
                return null;
            }
            throw e;
        }
    }

    /** The words of the statement that {@code register} would verify, without the domain. */
    public byte[] datasetStatement(DatasetStatement claim) {
        final String words = chain.readRaw(address, calls.datasetStatement(claim(claim)));
        return HexFormat.of().parseHex(words.substring(2));
    }

    public Receipt register(TransactionSender sender, Registration registration) {
        return sender.send(
                address,
                calls.register(
                                claim(registration.statement()),
                                registration.proof(),
                                Terms.registration(registration.authorization()))
                        .encodeFunctionCall());
    }

    private static DatasetRegistry.DatasetClaim claim(DatasetStatement statement) {
        final byte[] schemaHash = HexFormat.of().parseHex(String.format("%064x", statement.schemaHash()));
        return new DatasetRegistry.DatasetClaim(
                Address.of(statement.contributor()).toString(),
                schemaHash,
                BigInteger.valueOf(statement.ln()),
                BigInteger.valueOf(statement.lk()),
                BigInteger.valueOf(statement.b()),
                BigInteger.valueOf(statement.n()),
                BigInteger.valueOf(statement.feat()),
                point(statement.x()),
                point(statement.y()));
    }

    private static DatasetRegistry.G1Point point(G1Affine point) {
        return new DatasetRegistry.G1Point(point.x(), point.y());
    }
}
