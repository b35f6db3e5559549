package org.zkml.backend.market;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.protocol.Web3j;
import org.web3j.tx.Contract;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.hash.Keccak256;

/** Deploys TrainingCampaigns with its libraries. Web3j links only libraries with short names. */
final class LinkedCampaigns extends Contract {

    /** Hex digits of the library's hash between {@code __$} and {@code $__}. */
    private static final int HASH_CHARS = 34;

    private LinkedCampaigns(String binary, Web3j web3j, TransactionManager sender, ContractGasProvider gas) {
        super(binary, "0x0", web3j, sender, gas);
    }

    /** @param libraries addresses by name */
    static TrainingCampaigns deploy(
            Web3j web3j,
            TransactionManager sender,
            ContractGasProvider gas,
            Map<String, String> libraries,
            String registry,
            String verifier,
            String aggregationVerifier)
            throws Exception {
        String binary = TrainingCampaigns.BINARY;
        for (Map.Entry<String, String> library : libraries.entrySet()) {
            final String name = "contracts/src/market/" + library.getKey() + ".sol:" + library.getKey();
            final String hash = HexFormat.of().formatHex(Keccak256.hash(name.getBytes(StandardCharsets.US_ASCII)));
            binary = binary.replace(
                    "__$" + hash.substring(0, HASH_CHARS) + "$__",
                    library.getValue().substring(2));
        }
        final String arguments = FunctionEncoder.encodeConstructor(List.of(
                new Address(sender.getFromAddress()),
                new Address(registry),
                new Address(verifier),
                new Address(aggregationVerifier)));
        return deployRemoteCall(TrainingCampaigns.class, web3j, sender, gas, binary, arguments, BigInteger.ZERO)
                .send();
    }
}
