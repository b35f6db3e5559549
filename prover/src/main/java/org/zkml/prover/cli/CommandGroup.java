package org.zkml.prover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: without one of those below it, it lists them. */
abstract class CommandGroup implements Callable<Integer> {

    @Mixin
    private Console console;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() {
        spec.commandLine().usage(console.terminal().err());
        return ExitCode.USAGE.value();
    }
}
