package org.zkml.prover.cli;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of nodes and servers. */
final class HttpUrl {

    private static final int MAX_PORT = 65535;

    private HttpUrl() {}

    /** The address without a slash at its end; null stays null. What is refused is not repeated whole: a query may hold a key. */
    static String check(String option, String url) {
        if (url == null) {
            return null;
        }
        try {
            final URI uri = new URI(url);
            if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new CommandException(
                        ExitCode.USAGE,
                        option
                                + ": an address with \"?\" or \"#\" is not understood; write the part before it, and a key into the path");
            }
            final boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getPort() <= MAX_PORT) {
                return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            }
        } catch (URISyntaxException e) {
            throw malformed(option, url, e);
        }
        throw malformed(option, url, null);
    }

    private static CommandException malformed(String option, String url, URISyntaxException cause) {
        return new CommandException(
                ExitCode.USAGE, option + " " + url + ": no address of a server; write http://host:port", cause);
    }
}
