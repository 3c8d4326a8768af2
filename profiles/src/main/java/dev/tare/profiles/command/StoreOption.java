package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.profiles.cli.CommandException;
import picocli.CommandLine.Option;

/** Where nights are kept. */
final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "STORE",
            description =
                    "A file of SQLite, or jdbc:postgresql://HOST/DATABASE with PGUSER and PGPASSWORD (default: history.db).")
    private String location = "history.db";

    String location() {
        return location;
    }

    /** What a command does with a store. */
    interface Use<T> {
        T with(HistoryStore store) throws StoreException;
    }

    /** Uses a store that exists. */
    <T> T use(Use<T> use) {
        try (HistoryStore store = HistoryStore.open(location)) {
            return use.with(store);
        } catch (StoreException e) {
            throw CommandException.unavailable(Reasons.of(e), e);
        }
    }

    /** Uses a store that is made where it does not exist. */
    <T> T useOrMake(Use<T> use) {
        try (HistoryStore store = HistoryStore.openOrMake(location)) {
            return use.with(store);
        } catch (StoreException e) {
            throw CommandException.unavailable(Reasons.of(e), e);
        }
    }
}
