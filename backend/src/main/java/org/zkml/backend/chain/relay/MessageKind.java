package org.zkml.backend.chain.relay;

import org.zkml.backend.chain.ChainConfig.GasLimit;

/** What a relayed message does. */
public enum MessageKind {
    /** {@code DatasetRegistry.register}, signed by the provider. */
    REGISTER,
    /** {@code TrainingCampaigns.join}, signed by the provider. */
    JOIN,
    /** {@code TrainingCampaigns.contribute}, signed by the provider. */
    CONTRIBUTE,
    /** {@code TrainingCampaigns.claim}, which anybody may send. */
    CLAIM,
    /** {@code TrainingCampaigns.publishShare}, which anybody may send: nobody but the recipient's tool asks who signed the envelope. */
    PUBLISH,
    /** {@code TrainingCampaigns.revealShare}, which anybody may send who knows the share. */
    ANSWER;

    /** Whether the contract asks for the account's signature. */
    boolean isSigned() {
        return switch (this) {
            case REGISTER, JOIN, CONTRIBUTE -> true;
            case CLAIM, PUBLISH, ANSWER -> false;
        };
    }

    /** Most gas that its transaction may use. */
    long gasLimit(GasLimit limits) {
        return switch (this) {
            case REGISTER -> limits.register();
            case JOIN -> limits.join();
            case CONTRIBUTE -> limits.contribute();
            case CLAIM -> limits.claim();
            case PUBLISH -> limits.publish();
            case ANSWER -> limits.answer();
        };
    }
}
