package dev.tare.profiles.command;

import dev.tare.profiles.cli.CommandException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "history",
        description = "Keeps the runs of many nights, and tells what changed.",
        footer = {
            "",
            "history add night/            keeps a run, a folder with runs below it, or JMH's own JSON",
            "history check                 tells what changed; --fail-on regression exits with 4",
            "history show triad            draws series, with their changes"
        })
final class HistoryCommand implements Callable<Integer> {
    private HistoryCommand() {}

    /** With its own commands. */
    static CommandLine line(PrintStream console) {
        return new CommandLine(new HistoryCommand())
                .addSubcommand(new HistoryAddCommand(console))
                .addSubcommand(new HistoryCheckCommand(console))
                .addSubcommand(new HistoryShowCommand(console))
                .addSubcommand(new HistoryHtmlCommand(console))
                .addSubcommand(new HistoryAcceptCommand(console))
                .addSubcommand(new HistoryForgetCommand(console))
                .addSubcommand(new HistoryExportCommand(console));
    }

    @Override
    public Integer call() {
        throw CommandException.usage(
                "history: expected add, check, show, html, accept, forget or export, got nothing; 'history"
                        + " --help' tells what each does");
    }
}
