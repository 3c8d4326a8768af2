package dev.tare.profiles.command;

import dev.tare.history.check.SeriesBook;
import dev.tare.history.check.WatchedSeries;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.history.store.StoredSeries;
import dev.tare.profiles.cli.ExitCode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "export", description = "Writes the nights of all series for other programs.")
final class HistoryExportCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final SeriesOptions wanted = new SeriesOptions();

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            required = true,
            description = "One line for each night of each series (RFC 4180); - is standard output.")
    private Path csv = STANDARD_OUTPUT;

    private final PrintStream console;

    HistoryExportCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String text = store.use(this::text);
        if (csv.equals(STANDARD_OUTPUT)) {
            console.print(text);
        } else {
            HistoryCheckCommand.write(csv, text);
        }
        return ExitCode.OK.code();
    }

    private String text(HistoryStore opened) throws StoreException {
        StringBuilder text = new StringBuilder(line(
                "time",
                "host",
                "labels",
                "benchmark",
                "mode",
                "threads",
                "params",
                "kind",
                "metric",
                "unit",
                "value",
                "excluded"));
        SeriesBook book = new SeriesBook(opened);
        for (List<StoredSeries> host : book.byHost().values()) {
            for (StoredSeries stored : host) {
                for (WatchedSeries series : book.watch(stored)) {
                    if (wanted.include(series)) {
                        append(text, series);
                    }
                }
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, WatchedSeries series) {
        for (Night night : series.nights()) {
            text.append(line(series, night.started().toString(), String.valueOf(night.value()), ""));
        }
        series.excluded()
                .forEach(night -> text.append(line(series, night.started().toString(), "", night.reason())));
    }

    private static String line(WatchedSeries series, String time, String value, String excluded) {
        StoredSeries stored = series.stored();
        return line(
                time,
                stored.host(),
                pairs(stored.labels()),
                stored.configuration().benchmark(),
                stored.configuration().mode(),
                String.valueOf(stored.configuration().threads()),
                pairs(stored.configuration().params()),
                series.kind().name().toLowerCase(Locale.ROOT),
                stored.metric(),
                series.unit(),
                value,
                excluded);
    }

    private static String pairs(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String line(String... cells) {
        return Stream.of(cells)
                        .map(cell -> cell.matches("[^,\"\\r\\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
