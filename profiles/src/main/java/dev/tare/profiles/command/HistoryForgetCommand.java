package dev.tare.profiles.command;

import dev.tare.history.night.AbsentNight;
import dev.tare.history.store.StoredRun;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.runs.Counted;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "forget",
        description =
                "Removes runs, and nights without one, from the store and gives their room back; of several conditions, those"
                        + " that meet all.")
final class HistoryForgetCommand implements Callable<Integer> {
    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--before", paramLabel = "DATE", description = "Those that began before this day (UTC).")
    private String before = "";

    @Option(names = "--host", paramLabel = "NAME", description = "Those of this host.")
    private String host = "";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Those whose start begins with this, such as 2026-03-01.")
    private String at = "";

    /** Of what time one night stays. */
    private enum Thinned {
        WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR, IsoFields.WEEK_BASED_YEAR),
        MONTH(ChronoField.MONTH_OF_YEAR, ChronoField.YEAR);

        private final TemporalField part;
        private final TemporalField year;

        Thinned(TemporalField part, TemporalField year) {
            this.part = part;
            this.year = year;
        }

        String of(Instant night) {
            OffsetDateTime time = night.atOffset(ZoneOffset.UTC);
            return time.get(year) + "-" + time.get(part);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--thin",
            paramLabel = "week|month",
            description =
                    "Keep the first night of each week or month of each host; of one without any run, its first reason.")
    private @Nullable Thinned thinned;

    @Option(names = "--dry-run", description = "Name them, and remove nothing.")
    private boolean dryRun;

    private final PrintStream console;

    HistoryForgetCommand(PrintStream console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (before.isEmpty() && host.isEmpty() && at.isEmpty()) {
            throw CommandException.usage(
                    "forget: expected --before DATE, --host NAME or --at TIME, got none of them; say"
                            + " which runs are meant");
        }
        Instant end = before.isEmpty() ? Instant.MAX : day();
        return store.use(opened -> {
            Set<List<Object>> kept = new HashSet<>();
            List<StoredRun> runs = opened.runs();
            List<StoredRun> meant = runs.stream()
                    .filter(run -> isMeant(run.host(), run.started(), end))
                    .filter(run ->
                            thinned == null || !kept.add(List.of(run.host(), run.labels(), thinned.of(run.started()))))
                    .toList();
            List<AbsentNight> absent = opened.absent().stream()
                    .filter(night -> isMeant(night.host(), night.started(), end))
                    .filter(night -> thinned == null || isDispensable(night, thinned, runs, kept))
                    .toList();
            if (dryRun) {
                meant.forEach(run -> console.println(run.host() + " " + run.started() + " " + run.source()));
                absent.forEach(night -> console.println(night.host() + " " + night.started() + " " + night.reason()));
            } else {
                opened.forget(meant, absent);
            }
            console.println(Counted.of(meant.size(), "run")
                    + (absent.isEmpty() ? "" : " and " + Counted.of(absent.size(), "night") + " without one")
                    + (dryRun ? " would be forgotten" : " forgotten"));
            return ExitCode.OK.code();
        });
    }

    /** Of a week without any run the first reason stays; where a run stays, nobody misses a night. */
    private static boolean isDispensable(
            AbsentNight night, Thinned thinned, List<StoredRun> runs, Set<List<Object>> kept) {
        String time = thinned.of(night.started());
        return runs.stream()
                        .anyMatch(run -> run.host().equals(night.host())
                                && thinned.of(run.started()).equals(time))
                || !kept.add(List.of(night.host(), time));
    }

    private boolean isMeant(String ofHost, Instant started, Instant end) {
        return started.isBefore(end)
                && (host.isEmpty() || ofHost.equals(host))
                && started.toString().startsWith(at);
    }

    private Instant day() {
        try {
            return LocalDate.parse(before).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw CommandException.usage("--before: expected a day such as 2026-03-01, got " + before);
        }
    }
}
