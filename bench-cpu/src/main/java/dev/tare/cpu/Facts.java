package dev.tare.cpu;

import org.openjdk.jmh.infra.ThreadParams;

/** Prints what is worth knowing about a fork and is not a number. */
final class Facts {
    /** Seed of the first thread's system; each further thread takes the next one. */
    static final long FIRST_SEED = 1988;

    private Facts() {}

    /** Prints {@code # fact key: value}, once for all threads of the fork. */
    static void print(ThreadParams threads, String key, Object value) {
        if (threads.getThreadIndex() == 0) {
            print(key, value);
        }
    }

    /** Prints {@code # fact key: value}. */
    @SuppressWarnings("SystemOut") // standard output is the channel between a fork and its host
    static void print(String key, Object value) {
        System.out.println("# fact " + key + ": " + value);
    }

    /** The seed of this thread's system; the first one is printed. */
    static long seed(ThreadParams threads) {
        print(threads, "seed", FIRST_SEED);
        return FIRST_SEED + threads.getThreadIndex();
    }
}
