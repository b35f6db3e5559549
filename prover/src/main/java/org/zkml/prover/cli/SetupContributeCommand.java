package org.zkml.prover.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.zkml.prover.commitment.Ceremony;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml setup contribute}. */
@Command(
        name = "contribute",
        mixinStandardHelpOptions = true,
        description = {
            "Adds secrets of your own to a ceremony, which are forgotten at once.",
            "They multiply the ceremony's. Publish the hash that it prints: it shows that your contribution is in "
                    + "the final setup."
        },
        footer = {
            "",
            "Example:",
            "  zkml setup contribute round-1.srs round-2.srs --by \"University Hospital\"",
            "",
            "The randomness is the operating system's; at a terminal you may type more of your own."
        })
final class SetupContributeCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private SetupOutput output;

    @Parameters(index = "0", paramLabel = "IN", description = "The setup of the participant before you.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The setup with your contribution.")
    private Path out;

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who contributes; public.")
    private String name;

    @Override
    public Integer call() {
        output.requireFree(out);
        final Ceremony before = SetupInput.read(in, console);
        final byte[] entropy = typed();
        final Ceremony after = SetupInput.extend(console, progress -> before.contribute(name, entropy, progress));
        return output.write(out, after, console);
    }

    private byte[] typed() {
        if (!console.terminal().isInteractive()) {
            return new byte[0];
        }
        final char[] text =
                console.terminal().person().askSecret("Type anything random, or nothing, and press Enter: ");
        return text == null ? new byte[0] : new String(text).getBytes(StandardCharsets.UTF_8);
    }
}
