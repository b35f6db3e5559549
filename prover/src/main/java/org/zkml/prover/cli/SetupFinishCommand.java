package org.zkml.prover.cli;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.zkml.prover.commitment.Ceremony;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml setup finish}. */
@Command(
        name = "finish",
        mixinStandardHelpOptions = true,
        description = {
            "Ends a ceremony with a public random value.",
            "Nobody may have been able to know it before the last contribution."
        },
        footer = {
            "",
            "Example:",
            "  zkml setup finish round-9.srs final.srs --by \"block 21000000\" --beacon 0x00..3f --iterations 20"
        })
final class SetupFinishCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private SetupOutput output;

    @Parameters(index = "0", paramLabel = "IN", description = "The setup of the last participant.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The final setup.")
    private Path out;

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Where the value comes from; public.")
    private String name;

    @Option(names = "--beacon", required = true, paramLabel = "HEX", description = "The value, 1 to 64 bytes.")
    private String beacon;

    @Option(
            names = "--iterations",
            defaultValue = "20",
            paramLabel = "N",
            description = "The value is hashed 2^N times (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Override
    public Integer call() {
        if (!beacon.matches("(0x)?([0-9a-fA-F]{2}){1,64}")) {
            throw new CommandException(
                    ExitCode.USAGE, "--beacon " + beacon + ": write 2 to 128 hexadecimal digits, an even number");
        }
        output.requireFree(out);
        final byte[] value = HexFormat.of().parseHex(beacon.startsWith("0x") ? beacon.substring(2) : beacon);
        final Ceremony before = SetupInput.read(in, console);
        final Ceremony after = SetupInput.extend(console, progress -> before.finish(name, value, iterations, progress));
        return output.write(out, after, console);
    }
}
