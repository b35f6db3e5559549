package org.zkml.prover.cli;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Whether buyers' tools go to the address that a model is listed with: the owner's word, so a stranger's. */
final class ListedEndpoint {

    private ListedEndpoint() {}

    /** Whether others on the way can read what is sent there. */
    static boolean inClear(String url) {
        final URI uri = URI.create(url);
        return "http".equals(uri.getScheme()) && !uri.getHost().matches("localhost|127\\.[0-9.]+|\\[::1]");
    }

    /** Why nothing is sent there unless the buyer names it, or null. Only on a development chain seller and buyer are one machine. */
    static String problem(String url, BigInteger chainId) {
        if (inClear(url)) {
            return "rows and answers would travel there in clear, without https";
        }
        return isOwnMachine(url) && !chainId.equals(Deployment.DEVELOPMENT_CHAIN)
                ? "this is the buyer's own machine, whatever listens there"
                : null;
    }

    /** Whether the host, however it is written or named, is this machine, or has no address but beside it. */
    private static boolean isOwnMachine(String url) {
        final String host = URI.create(url).getHost();
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .anyMatch(address ->
                            address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress());
        } catch (UnknownHostException e) {
            return false; // whoever connects says so
        }
    }
}
