package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.cli.Suggestions;
import dev.tare.profiles.jmh.PlainJmh;
import dev.tare.profiles.machine.Build;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Chooses between our commands and plain JMH. */
public final class Launcher {
    private static final Set<String> GLOBAL_OPTIONS = Set.of("--help", "--version");

    private final PrintStream out;
    private final PrintStream err;
    private final CommandLine commands;

    /** A launcher that prints to these streams. */
    public Launcher(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        this.commands = commands();
    }

    /**
     * Runs a command line: ours when it begins with one of our commands or is {@code --help} or {@code --version},
     * JMH's otherwise.
     *
     * @return the exit code; never 0 when not all of the output could be written
     */
    public int run(List<String> arguments) {
        int code = execute(arguments);
        if (out.checkError()) {
            err.println(
                    "expected a standard output that takes all that is printed, got an error while writing to it; see"
                            + " whether its disk is full, or what it is piped to has ended");
            return code == ExitCode.OK.code() ? ExitCode.UNAVAILABLE.code() : code;
        }
        return code;
    }

    private int execute(List<String> arguments) {
        if (arguments.equals(List.of("help"))) {
            return commands.execute("--help");
        }
        boolean ours = !arguments.isEmpty()
                && (commands.getSubcommands().containsKey(arguments.get(0))
                        || GLOBAL_OPTIONS.contains(arguments.get(0)));
        if (ours) {
            return commands.execute(arguments.toArray(new String[0]));
        }
        try {
            return new PlainJmh(new ArrayList<>(commands.getSubcommands().keySet()))
                    .run(arguments)
                    .code();
        } catch (CommandException refusal) {
            return refused(refusal);
        }
    }

    private CommandLine commands() {
        CommandLine run = new CommandLine(new RunCommand(out)).setUnmatchedOptionsArePositionalParams(true);
        CommandLine line = new CommandLine(overview())
                .addSubcommand(run)
                .addSubcommand(new InspectCommand(out))
                .addSubcommand(new ReportCommand(out))
                .addSubcommand(new ClockCommand(out))
                .addSubcommand(new PeerCommand(out))
                .addSubcommand(new TargetCommand(out))
                .addSubcommand(HistoryCommand.line(out))
                .addSubcommand(new CampaignCommand(out))
                .addSubcommand(new AgentCommand())
                .setOut(writer(out))
                .setErr(writer(err))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(this::failed)
                .setParameterExceptionHandler(this::misused);
        // Only --help: -h belongs to JMH, whose options stand beside ours.
        addHelp(line);
        return line;
    }

    private static void addHelp(CommandLine above) {
        above.getSubcommands().values().forEach(command -> {
            command.getCommandSpec().addOption(help());
            addHelp(command);
        });
    }

    /** The commands beside JMH's own command line. */
    private static CommandSpec overview() {
        CommandSpec spec = CommandSpec.create().name("benchmarks.jar").version(version());
        spec.addOption(help());
        spec.addOption(OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Show the version and exit.")
                .build());
        spec.usageMessage()
                .description(
                        "Measures what a hypervisor costs: run the same jar natively and in a guest, then compare.",
                        "Anything that does not begin with one of these commands goes to JMH (-h shows its options).")
                .footer(
                        "",
                        "Exit codes: 0 fine, 1 a benchmark failed or results are incomplete, 2 wrong usage,",
                        "3 this machine, folder, network or run cannot serve the request,",
                        "4 history check found a regression,",
                        "130 or 143 interrupted; what was measured is kept.");
        return spec;
    }

    private static String version() {
        Build build = Build.read();
        return "tare " + build.version() + " (" + build.commit() + ")";
    }

    private static OptionSpec help() {
        return OptionSpec.builder("--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build();
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    private int failed(Exception thrown, CommandLine command, ParseResult parsed) throws Exception {
        if (thrown instanceof CommandException refusal) {
            return refused(refusal);
        }
        throw thrown;
    }

    private int refused(CommandException refusal) {
        err.println(refusal.getMessage());
        return refusal.exitCode().code();
    }

    private int misused(ParameterException thrown, String[] arguments) {
        CommandSpec command = thrown.getCommandLine().getCommandSpec();
        String hint = thrown instanceof UnmatchedArgumentException unmatched
                ? Suggestions.hint(
                        unmatched.getUnmatched().get(0), command.optionsMap().keySet())
                : "";
        // Picocli doubles a word where an option's value has no name and value.
        String message = Reasons.of(thrown).replace("option option", "option");
        err.println(message + hint + " (" + command.qualifiedName() + " --help lists what is valid)");
        return ExitCode.USAGE.code();
    }
}
