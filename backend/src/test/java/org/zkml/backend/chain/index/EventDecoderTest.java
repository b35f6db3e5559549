package org.zkml.backend.chain.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.core.methods.response.Log;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;

class EventDecoderTest {

    private static final String PROVIDER = "0x24219351d846d4b235db9d140800686220b75770";

    @Test
    void keepsEnvelopesThatFit() {
        assertEquals(
                "0x" + "00".repeat(200_000), published(200_000).get("envelope").asText());
    }

    @Test
    void leavesOutWhatWouldNotFit() {
        final JsonNode arguments = published(600_000);
        assertEquals(1_200_004, arguments.get("envelope").get("omittedChars").asInt());
        assertEquals("0x05", arguments.get("signature").asText());
        assertEquals(PROVIDER, arguments.get("provider").asText());
        assertTrue(arguments.toString().length() < 1_000);
    }

    private static JsonNode published(int envelopeBytes) {
        final Log log = new Log();
        log.setTopics(List.of(
                EventEncoder.encode(TrainingCampaigns.SHAREPUBLISHED_EVENT),
                topic(new Uint256(BigInteger.ONE)),
                topic(new Uint256(BigInteger.ZERO)),
                topic(new Address(PROVIDER))));
        log.setData("0x"
                + FunctionEncoder.encodeConstructor(List.of(
                        new Uint256(BigInteger.ZERO),
                        new DynamicBytes(new byte[envelopeBytes]),
                        new DynamicBytes(new byte[] {5}))));
        return new EventDecoder().decode(TrainingCampaigns.class, log).arguments();
    }

    private static String topic(Type<?> value) {
        return "0x" + TypeEncoder.encode(value);
    }
}
