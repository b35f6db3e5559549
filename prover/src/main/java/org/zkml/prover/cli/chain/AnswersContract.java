package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.inference.AnswerReceipt;

/** The contract InferenceMarket where answers are proved: free calls. */
public final class AnswersContract {

    private final Chain chain;
    private final Address address;
    private final InferenceMarket calls;

    public AnswersContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
        this.calls =
                InferenceMarket.load(address.toString(), chain.web3j(), chain.readOnly(), new DefaultGasProvider());
    }

    /** The words of the statement that an answer's proof has to prove, without the domain. */
    public byte[] inferStatement(AnswerReceipt receipt) {
        final String words = chain.readRaw(
                address,
                calls.inferStatement(
                        receipt.passId(),
                        queryId(receipt),
                        BigInteger.valueOf(receipt.lq()),
                        Points.inference(receipt.rows()),
                        Points.inference(receipt.predictions())));
        return HexFormat.of().parseHex(words.substring(2));
    }

    /** Has the chain's verifier verify an answer's proof, without a transaction; it reverts if the proof is false. The wrapper leaves out views that return nothing. */
    public void verifyAnswer(AnswerReceipt receipt, byte[] proof) {
        final Function call = new Function(
                "verifyAnswer",
                List.of(
                        new Uint256(receipt.passId()),
                        new Bytes32(queryId(receipt)),
                        new Uint8(receipt.lq()),
                        Points.inference(receipt.rows()),
                        Points.inference(receipt.predictions()),
                        new DynamicBytes(proof)),
                List.of());
        chain.simulate(address.toString(), address, FunctionEncoder.encode(call));
    }

    private static byte[] queryId(AnswerReceipt receipt) {
        return RoundId.word(receipt.queryId());
    }
}
