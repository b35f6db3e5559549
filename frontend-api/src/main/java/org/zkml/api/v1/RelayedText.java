package org.zkml.api.v1;

import java.util.Locale;
import org.zkml.backend.chain.relay.Relayed;

/** Members of relayed resources as the API spells them. */
final class RelayedText {

    private RelayedText() {}

    static String status(Relayed relayed) {
        return relayed.state().name().toLowerCase(Locale.ROOT);
    }
}
