package org.zkml.prover.cli.chain;

import java.lang.reflect.Field;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;
import org.zkml.prover.cli.Hex;
import org.zkml.prover.cli.chain.contract.AggregationVerifier;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.cli.chain.contract.DatasetVerifier;
import org.zkml.prover.cli.chain.contract.EvaluationVerifier;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.InferenceVerifier;
import org.zkml.prover.cli.chain.contract.ModelMetrics;
import org.zkml.prover.cli.chain.contract.ProtocolParameters;
import org.zkml.prover.cli.chain.contract.RewardToken;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.cli.chain.contract.TrainingVerifier;

/** The contracts' typed errors by their selectors, as the wrappers declare them. */
final class ContractErrors {

    private static final int SELECTOR = 10; // characters with 0x
    private static final int SHOWN = 1_000; // characters
    private static final Map<String, CustomError> BY_SELECTOR = new HashMap<>();

    static {
        add(new CustomError("Error", List.of(new TypeReference<Utf8String>() {})));
        add(new CustomError("Panic", List.of(new TypeReference<Uint256>() {})));
        for (Class<?> wrapper : List.of(
                DatasetRegistry.class,
                TrainingCampaigns.class,
                RewardToken.class,
                ProtocolParameters.class,
                DatasetVerifier.class,
                TrainingVerifier.class,
                AggregationVerifier.class,
                InferenceVerifier.class,
                EvaluationVerifier.class,
                InferenceMarket.class,
                ModelMetrics.class)) {
            for (Field field : wrapper.getFields()) {
                if (field.getType() == CustomError.class) {
                    add(value(field));
                }
            }
        }
    }

    private ContractErrors() {}

    private static CustomError value(Field field) {
        try {
            return (CustomError) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }

    private static void add(CustomError error) {
        BY_SELECTOR.put(CustomErrorEncoder.encode(error).substring(0, SELECTOR), error);
    }

    /** For example {@code NotPresentRound(1, 0, 2)}. */
    static String describe(String data) {
        final CustomError error = BY_SELECTOR.get(data.substring(0, SELECTOR));
        if (error == null) {
            return unexplained(data);
        }
        try {
            return FunctionReturnDecoder.decode(data.substring(SELECTOR), error.getParameters()).stream()
                    .map(value -> text(value.getValue()))
                    .collect(Collectors.joining(", ", error.getName() + "(", ")"));
        } catch (RuntimeException e) { // whoever reverts chooses what follows the selector
            return unexplained(data);
        }
    }

    private static String unexplained(String data) {
        return "an error that it does not explain, "
                + (data.length() > SHOWN ? data.substring(0, SHOWN) + ".. of " + data.length() + " characters" : data);
    }

    private static String text(Object value) {
        return switch (value) {
            case BigInteger number -> number.toString();
            case byte[] bytes -> isName(bytes) ? new String(bytes, StandardCharsets.US_ASCII).strip() : Hex.of(bytes);
            case Type<?> type -> text(type.getValue());
            case List<?> list -> list.stream().map(ContractErrors::text).collect(Collectors.joining(", ", "(", ")"));
            default -> value.toString();
        };
    }

    /** Whether a bytes32 is the name of a field: letters and digits, then zeros. */
    private static boolean isName(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).matches("[A-Za-z][A-Za-z0-9]*\0*");
    }
}
