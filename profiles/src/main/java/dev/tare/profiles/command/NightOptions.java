package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.night.NightRun;
import dev.tare.history.store.AddOutcome;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.history.told.CheckText;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.runs.UnreadableRunException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A run that becomes a night of its host as soon as it has ended. */
final class NightOptions {
    @Option(
            names = "--history",
            paramLabel = "STORE",
            description = "Add the run to this store at the end and tell what changed on this host, as history add and"
                    + " history check do.")
    private @Nullable String store;

    @Mixin
    private final FailOnOption failOn = new FailOnOption();

    /** Opens the store once before anything is measured: a night should not end with a wrong password. */
    void require() {
        if (store != null) {
            try {
                HistoryStore.openOrMake(store).close();
            } catch (StoreException e) {
                throw CommandException.unavailable("--history: " + Reasons.of(e), e);
            }
        }
    }

    /**
     * Adds a run and tells what changed.
     *
     * @param exit how the run ended, which is told rather than a change
     */
    ExitCode keep(Path folder, ExitCode exit, PrintStream console) {
        if (store == null) {
            return exit;
        }
        try (HistoryStore opened = HistoryStore.openOrMake(store)) {
            NightRun night = NightRun.read(folder, Optional.empty(), Map.of());
            AddOutcome outcome = opened.add(night);
            console.println("history: "
                    + (outcome == AddOutcome.KEPT
                            ? HistoryAddCommand.keptText(night)
                            : outcome.name().toLowerCase(Locale.ROOT) + " to " + opened.name()));
            HistoryCheck check = HistoryCheck.of(
                    opened, ChangeRule.DEFAULT, series -> series.stored().host().equals(night.host()));
            CheckText.of(check).forEach(console::println);
            return exit == ExitCode.OK ? failOn.of(check) : exit;
        } catch (UnreadableRunException nothingMeasured) {
            console.println("history: nothing to add: " + Reasons.of(nothingMeasured));
            return exit;
        } catch (StoreException e) {
            throw CommandException.unavailable(
                    "the run is kept in " + folder + ", not in the history: " + Reasons.of(e)
                            + "; go on with: history add " + folder + " --store " + shown(store),
                    e);
        }
    }

    /** Credentials in an address stay out of messages. */
    private static String shown(String store) {
        return store.startsWith("jdbc:") ? "STORE" : store;
    }
}
