package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Array;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.cli.chain.contract.DatasetVerifier;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.ProtocolParameters;
import org.zkml.prover.cli.chain.contract.RewardToken;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.cli.chain.contract.TrainingVerifier;

/** The typed errors of all contracts, by selector: what the wrappers declare, and Solidity's own two. */
@ApplicationScoped
public class ContractErrors {

    private static final int SELECTOR_CHARS = 8;
    /** Nodes wrap revert data in different ways; it is the first hex string of at least a selector. */
    private static final Pattern REVERT_DATA = Pattern.compile("0x([0-9a-fA-F]{8,})");

    private static final Pattern BARE_DATA = Pattern.compile("\"?0x[0-9a-fA-F]{8,}\"?");
    /** 3 of most nodes, -32015 of Nethermind. */
    private static final Set<Integer> REVERT_CODES = Set.of(3, -32015);
    /** Of Hardhat and others, of Geth: it needs more than the node, or a block, allows. */
    private static final List<String> OUT_OF_GAS = List.of("out of gas", "gas required exceeds allowance");

    private static final List<Class<?>> WRAPPERS = List.of(
            DatasetRegistry.class,
            TrainingCampaigns.class,
            RewardToken.class,
            ProtocolParameters.class,
            DatasetVerifier.class,
            TrainingVerifier.class,
            InferenceMarket.class);

    private final Map<String, CustomError> bySelector = new HashMap<>();

    public ContractErrors() {
        add(new CustomError("Error", List.of(new TypeReference<Utf8String>() {})));
        add(new CustomError("Panic", List.of(new TypeReference<Uint256>() {})));
        for (Class<?> wrapper : WRAPPERS) {
            for (Field field : wrapper.getFields()) {
                if (field.getType() == CustomError.class) {
                    add(constant(field));
                }
            }
        }
    }

    private static CustomError constant(Field field) {
        try {
            return (CustomError) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }

    private void add(CustomError error) {
        bySelector.put(CustomErrorEncoder.encode(error).substring(2, 2 + SELECTOR_CHARS), error);
    }

    /**
     * What a node's error to a call says of the contract.
     *
     * @param code of JSON-RPC; data null if there is none
     * @return none if it says nothing of it: the node did not run the call
     */
    Optional<RefusedByContractException> refusal(int code, String message, String data) {
        final String said = String.valueOf(message);
        final String lower = said.toLowerCase(Locale.ROOT);
        final boolean bareData = data != null && BARE_DATA.matcher(data).matches();
        if (REVERT_CODES.contains(code) || lower.contains("revert") || bareData) {
            return decode(data).or(() -> Optional.of(new RefusedByContractException("Reverted", said)));
        }
        return OUT_OF_GAS.stream().anyMatch(lower::contains)
                ? Optional.of(new RefusedByContractException("OutOfGas", said))
                : Optional.empty();
    }

    /** The error in revert data; none if there is none. */
    private Optional<RefusedByContractException> decode(String errorData) {
        if (errorData == null) {
            return Optional.empty();
        }
        final Matcher matcher = REVERT_DATA.matcher(errorData);
        if (!matcher.find()) {
            return Optional.empty();
        }
        final String hex = matcher.group(1);
        final CustomError error = bySelector.get(hex.substring(0, SELECTOR_CHARS));
        if (error == null) {
            return unexplained(hex);
        }
        final List<Type> values;
        try {
            values = FunctionReturnDecoder.decode(hex.substring(SELECTOR_CHARS), error.getParameters());
        } catch (RuntimeException e) { // whoever reverts chooses what follows the selector
            return unexplained(hex);
        }
        final String detail = values.stream()
                .map(value -> text(value.getValue()))
                .collect(Collectors.joining(", ", error.getName() + "(", ")"));
        return Optional.of(new RefusedByContractException(error.getName(), detail));
    }

    private static Optional<RefusedByContractException> unexplained(String hex) {
        return Optional.of(new RefusedByContractException("Reverted", "Reverted(0x" + hex + ")"));
    }

    private static String text(Object value) {
        return switch (value) {
            case BigInteger number -> number.toString();
            case byte[] bytes -> name(bytes).orElseGet(() -> Hex.of(bytes));
            case List<?> list ->
                list.stream()
                        .map(element -> text(
                                element instanceof Array<?> || !(element instanceof Type<?> type)
                                        ? element
                                        : type.getValue()))
                        .collect(Collectors.joining(", ", "(", ")"));
            default -> value.toString();
        };
    }

    /** A bytes32 that holds the name of a field: ASCII, zeros at its end. */
    private static Optional<String> name(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            if (!Character.isJavaIdentifierPart(bytes[i]) || bytes[i] <= ' ') {
                return Optional.empty();
            }
        }
        return length == 0 ? Optional.empty() : Optional.of(new String(bytes, 0, length, StandardCharsets.US_ASCII));
    }
}
