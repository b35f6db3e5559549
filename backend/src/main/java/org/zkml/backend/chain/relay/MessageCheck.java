package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import org.zkml.backend.chain.ContractCall;
import org.zkml.backend.chain.EthereumNode;

/** Tries a message out before it is taken in: what the contract would refuse now is not worth gas. */
@ApplicationScoped
public class MessageCheck {

    private final EthereumNode node;
    private final RelayerKey key;

    MessageCheck(EthereumNode node, RelayerKey key) {
        this.node = node;
        this.key = key;
    }

    /** @throws org.zkml.backend.chain.RefusedByContractException with the contract's error */
    public void require(ContractCall call) {
        node.call(key.address(), call.to(), call.data());
    }
}
