package org.zkml.prover.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        final String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "zkml " + (version == null ? "(not run from its jar)" : version) + ", Java " + Runtime.version()
        };
    }
}
