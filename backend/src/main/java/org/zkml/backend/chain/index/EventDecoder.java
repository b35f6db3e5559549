package org.zkml.backend.chain.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Array;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.methods.response.BaseEventResponse;
import org.web3j.protocol.core.methods.response.Log;
import org.zkml.backend.chain.Hex;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.ModelMetrics;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;

/** Names and arguments of logs, by the generated wrappers: every event that a contract declares, without a list of them here. */
@ApplicationScoped
public class EventDecoder {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String ADDRESS = "0x[0-9a-fA-F]{40}";

    /** Beyond this a member of an event is not kept: anybody can have envelopes and shares of large models logged, and columns have an end. */
    private static final int LONGEST_MEMBER_CHARS = 500_000;

    /** By contract, then by the event's first topic. */
    private final Map<Class<?>, Map<String, Method>> readers = new HashMap<>();

    EventDecoder() {
        for (Class<?> wrapper :
                List.of(DatasetRegistry.class, TrainingCampaigns.class, InferenceMarket.class, ModelMetrics.class)) {
            readers.put(wrapper, readersOf(wrapper));
        }
    }

    /** An event's name and its arguments by their names. */
    record Decoded(String contract, String name, ObjectNode arguments) {}

    private static Map<String, Method> readersOf(Class<?> wrapper) {
        final Map<String, Method> result = new HashMap<>();
        for (Field field : wrapper.getFields()) {
            if (field.getType() == Event.class && Modifier.isStatic(field.getModifiers())) {
                final Event event = (Event) get(field, null);
                try {
                    result.put(
                            EventEncoder.encode(event),
                            wrapper.getMethod("get" + event.getName() + "EventFromLog", Log.class));
                } catch (NoSuchMethodException e) {
                    throw new IllegalStateException("the wrapper " + wrapper + " cannot read " + event.getName(), e);
                }
            }
        }
        return result;
    }

    Decoded decode(Class<?> wrapper, Log log) {
        final Method reader = log.getTopics().isEmpty()
                ? null
                : readers.get(wrapper).get(log.getTopics().getFirst());
        if (reader == null) {
            return unknown(wrapper, log);
        }
        final BaseEventResponse event;
        try {
            event = (BaseEventResponse) reader.invoke(null, log);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("log of " + log.getTransactionHash() + " cannot be decoded", e);
        }
        final String name = event.getClass().getSimpleName().replace("EventResponse", "");
        return new Decoded(wrapper.getSimpleName(), name, shortened(fields(event)));
    }

    /** A contract of ours that is newer than this server: nothing is left out, and nothing made up. */
    private static Decoded unknown(Class<?> wrapper, Log log) {
        final ObjectNode arguments = JSON.objectNode();
        final var topics = arguments.putArray("topics");
        log.getTopics().forEach(topics::add);
        return new Decoded(wrapper.getSimpleName(), "Unknown", arguments.put("data", log.getData()));
    }

    /** With members that are too long replaced by their length. */
    private static ObjectNode shortened(ObjectNode arguments) {
        arguments.properties().forEach(member -> {
            final int chars = member.getValue().toString().length();
            if (chars > LONGEST_MEMBER_CHARS) {
                member.setValue(JSON.objectNode().put("omittedChars", chars));
            }
        });
        return arguments;
    }

    /** The public fields that the class itself declares, in their order. */
    private static ObjectNode fields(Object object) {
        final ObjectNode result = JSON.objectNode();
        for (Field field : object.getClass().getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && !Modifier.isStatic(field.getModifiers())) {
                result.set(field.getName(), json(get(field, object)));
            }
        }
        return result;
    }

    private static JsonNode json(Object value) {
        return switch (value) {
            case BigInteger number -> JSON.textNode(number.toString());
            case byte[] bytes -> JSON.textNode(Hex.of(bytes));
            case Boolean flag -> JSON.booleanNode(flag);
            case String text -> JSON.textNode(text.matches(ADDRESS) ? text.toLowerCase(Locale.ROOT) : text);
            case Collection<?> list -> {
                final var array = JSON.arrayNode();
                list.forEach(element -> array.add(json(element)));
                yield array;
            }
            // A struct is an array of its members to Web3j; its fields have their names.
            case Array<?> struct -> fields(struct);
            case Type<?> type -> json(type.getValue());
            default -> throw new IllegalStateException("no JSON for " + value.getClass());
        };
    }

    private static Object get(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }
}
