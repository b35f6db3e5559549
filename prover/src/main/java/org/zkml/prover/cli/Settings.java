package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * What a workspace is set to, {@code workspace.json}: nothing in it is secret, unless the node's address ends in a key. Fields may be null but for the keys.
 *
 * @param account the provider
 * @param x25519Key public key that others encrypt to
 * @param mlKemKey public key that others encrypt to, ML-KEM-768
 * @param setup the powers of tau
 * @param rpcUrl where the chain is read; shown as {@link org.zkml.prover.cli.chain.Chain#host} only
 * @param serverUrl whose REST API relays messages
 */
record Settings(
        Address account,
        String x25519Key,
        String mlKemKey,
        Path setup,
        String rpcUrl,
        String serverUrl,
        Deployment deployment) {

    private static final String FORMAT = "zkml-workspace/1";

    static Settings of(Identity identity) {
        return new Settings(
                identity.address(),
                Hex.of(identity.x25519PublicKey()),
                Hex.of(identity.mlKemPublicKey()),
                null,
                null,
                null,
                null);
    }

    static Settings read(JsonFile json) {
        if (!json.text("format").equals(FORMAT)) {
            throw json.problem("format", "is \"" + json.text("format") + "\"", "this version reads \"" + FORMAT + "\"");
        }
        return new Settings(
                json.address("account"),
                json.text("x25519Key"),
                json.text("mlKemKey"),
                json.has("setup") ? json.parsed("setup", Path::of) : null,
                json.textOr("rpcUrl", null),
                json.textOr("serverUrl", null),
                json.has("deployment") ? Deployment.read(json.object("deployment")) : null);
    }

    ObjectNode write() {
        final ObjectNode json = Console.object()
                .put("format", FORMAT)
                .put("account", account.toString())
                .put("x25519Key", x25519Key)
                .put("mlKemKey", mlKemKey)
                .put("setup", setup == null ? null : setup.toString())
                .put("rpcUrl", rpcUrl)
                .put("serverUrl", serverUrl);
        json.set("deployment", deployment == null ? null : deployment.write());
        return json;
    }

    /** These settings with what is not null of the others. */
    Settings with(Path newSetup, String newRpcUrl, String newServerUrl, Deployment newDeployment) {
        return new Settings(
                account,
                x25519Key,
                mlKemKey,
                newSetup == null ? setup : newSetup.toAbsolutePath().normalize(),
                newRpcUrl == null ? rpcUrl : newRpcUrl,
                newServerUrl == null ? serverUrl : newServerUrl,
                newDeployment == null ? deployment : newDeployment);
    }
}
