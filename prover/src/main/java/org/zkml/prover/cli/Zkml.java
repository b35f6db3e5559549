package org.zkml.prover.cli;

import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;

/** The command {@code zkml} itself. */
@Command(
        name = "zkml",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Proves that a model was trained on committed data, without showing the data.",
        footer = {
            "",
            "A data provider runs, in this order:",
            "  init, connect, inspect, commit, register, join, then participate: all rounds. By hand, round by round:",
            "  train, prove, submit, shares. Then: status, evaluate, claim.",
            "Aggregators run: campaign consent, aggregate run. Anybody runs: verify, verify-prediction.",
            "Owners sell a finished model: model export, model list, redeem. Buyers run: models, pass buy, ask, pass close.",
            "Whoever starts a deployment runs: setup, deploy, campaign.",
            "",
            "Exit codes: 0 done, 1 proof false, 2 usage, 3 bad input, 4 refused by chain or server,",
            "  5 input or output failed, 6 vault does not open, 7 in the way or not done before, 10 internal error"
        })
final class Zkml implements Callable<Integer> {

    private static final List<Class<?>> COMMANDS = List.of(
            SetupCommand.class,
            InitCommand.class,
            ConnectCommand.class,
            InspectCommand.class,
            CommitCommand.class,
            RegisterCommand.class,
            JoinCommand.class,
            TrainCommand.class,
            ProveCommand.class,
            SubmitCommand.class,
            SharesCommand.class,
            ParticipateCommand.class,
            ModelCommand.class,
            EvaluateCommand.class,
            StatusCommand.class,
            ClaimCommand.class,
            VerifyCommand.class,
            DeployCommand.class,
            CampaignCommand.class,
            AggregateCommand.class,
            ModelsCommand.class,
            PassCommand.class,
            AskCommand.class,
            VerifyPredictionCommand.class,
            RedeemCommand.class,
            PayoutsCommand.class,
            MetricCommand.class);

    @Mixin
    private Console console;

    @CommandLine.Spec
    private CommandSpec spec;

    /** Runs one command line; whatever is thrown, there is an exit code of docs/command-line.md. */
    static int run(Terminal terminal, String... arguments) {
        try {
            return commandLine(terminal, arguments).execute(arguments);
        } catch (Throwable failure) { // picocli reports exceptions, not errors, and Java would end with 1
            final List<String> given = List.of(arguments);
            return Failures.report(failure, given.contains("--verbose"), given.contains("--json"), terminal);
        }
    }

    /** Understands the command that the arguments begin with, or all if they begin with none: building one takes a tenth of the time of all. */
    static CommandLine commandLine(Terminal terminal, String... arguments) {
        final CommandLine commandLine = new CommandLine(new Zkml());
        final List<Class<?>> named = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && nameOf(command).equals(arguments[0]))
                .toList();
        for (Class<?> command : named.isEmpty() ? COMMANDS : named) {
            commandLine.addSubcommand(nameOf(command), command);
        }
        commandLine
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setUsageHelpWidth(110)
                .registerConverter(BigInteger.class, new ContractNumber())
                .setParameterExceptionHandler(Zkml::usage)
                .setExecutionExceptionHandler(
                        (failure, command, result) -> report(failure, consoleOf(command), terminal));
        commandLine.setExecutionStrategy(attaching(terminal));
        return commandLine;
    }

    private static String nameOf(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    private static IExecutionStrategy attaching(Terminal terminal) {
        final RunLast runLast = new RunLast();
        return result -> {
            for (CommandLine command : result.asCommandLineList()) {
                consoleOf(command.getCommandSpec()).attach(terminal);
            }
            return runLast.execute(result);
        };
    }

    private static Console consoleOf(CommandLine command) {
        return consoleOf(command.getCommandSpec());
    }

    private static Console consoleOf(CommandSpec spec) {
        return (Console) spec.mixins().values().iterator().next().userObject();
    }

    private static int report(Exception failure, Console console, Terminal terminal) {
        return Failures.report(failure, console.verbose(), console.json(), terminal);
    }

    private static int usage(ParameterException e, String... arguments) {
        final PrintWriter err = e.getCommandLine().getErr();
        err.println("zkml: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try \"" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help\".");
        if (List.of(arguments).contains("--json")) {
            e.getCommandLine().getOut().println(Failures.json(e.getMessage(), ExitCode.USAGE));
        }
        return ExitCode.USAGE.value();
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.terminal().err());
        return ExitCode.USAGE.value();
    }
}
