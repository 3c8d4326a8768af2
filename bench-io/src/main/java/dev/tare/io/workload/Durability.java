package dev.tare.io.workload;

import dev.tare.harness.Parameters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When writes are durable: the meaning of the parameter {@code sync}.
 *
 * @param onEachWrite whether every write is when it is done (O_DSYNC, FUA)
 * @param writesPerFsync after how many writes of a thread it waits for them and calls fsync; 0 for never
 */
public record Durability(boolean onEachWrite, int writesPerFsync) {
    private static final Pattern FSYNC = Pattern.compile("fsync:([1-9]\\d{0,8})");

    /**
     * The meaning of a word as {@link AccessParameters#sync} describes it.
     *
     * @throws IllegalArgumentException when it has none
     */
    public static Durability of(String word) {
        Matcher fsync = FSYNC.matcher(word);
        if (fsync.matches()) {
            return new Durability(false, Integer.parseInt(fsync.group(1)));
        }
        if (!word.equals("none") && !word.equals("dsync")) {
            throw Parameters.refusal(
                    "sync", "none, dsync, or fsync:N with N from 1 to 999999999 writes", word, "fsync:1", null);
        }
        return new Durability(word.equals("dsync"), 0);
    }
}
