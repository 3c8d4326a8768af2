package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.history.check.SeriesBook;
import dev.tare.history.check.WatchedSeries;
import dev.tare.history.export.LastNightJson;
import dev.tare.history.export.OtavaFiles;
import dev.tare.history.export.SeriesCsv;
import dev.tare.history.store.StoreException;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "export", description = "Writes the nights of series for other programs.")
final class HistoryExportCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final SeriesOptions wanted = new SeriesOptions();

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "One line for each night of each series (RFC 4180); - is standard output.")
    private @Nullable Path csv;

    @Option(
            names = "--otava",
            paramLabel = "DIR",
            description = "CSV files and otava.yaml for Apache Otava 0.8, which looks for changes by itself.")
    private @Nullable Path otava;

    @Option(
            names = "--bencher",
            paramLabel = "FILE",
            description = "The last night of each series in Bencher's metric format; - is standard output.")
    private @Nullable Path bencher;

    @Option(
            names = "--jmh",
            paramLabel = "FILE",
            description = "The last night of each series as JMH's JSON; - is standard output.")
    private @Nullable Path jmh;

    private final PrintStream console;

    HistoryExportCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (csv == null && otava == null && bencher == null && jmh == null) {
            throw CommandException.usage(
                    "export: expected --csv FILE, --otava DIR, --bencher FILE or --jmh FILE, got none; say what is wanted");
        }
        return store.use(opened -> {
            List<WatchedSeries> series = new SeriesBook(opened).all(wanted::include);
            write(csv, () -> SeriesCsv.of(series));
            write(bencher, () -> LastNightJson.bencher(opened, series));
            write(jmh, () -> LastNightJson.jmh(opened, series));
            if (otava != null) {
                writeOtava(otava, series);
            }
            return ExitCode.OK.code();
        });
    }

    /** One form of what is exported. */
    private interface Form {
        String text() throws StoreException;
    }

    private void write(@Nullable Path file, Form form) throws StoreException {
        if (file == null) {
            return;
        }
        if (file.equals(STANDARD_OUTPUT)) {
            console.print(form.text());
        } else {
            HistoryCheckCommand.write(file, form.text());
        }
    }

    private void writeOtava(Path folder, List<WatchedSeries> series) {
        try {
            OtavaFiles.write(folder, series).forEach(console::println);
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "cannot write into " + folder + ": " + Reasons.of(e) + "; name a folder that you can write to", e);
        }
    }
}
