package dev.tare.mem;

import org.openjdk.jmh.infra.ThreadParams;

/** Prints what is worth knowing about a fork and is not a number. */
final class Facts {
    private Facts() {}

    /** Prints {@code # fact key: value}, once for all threads of the fork. */
    static void print(ThreadParams thread, String key, Object value) {
        if (thread.getThreadIndex() == 0) {
            print(key, value);
        }
    }

    /** Prints {@code # fact key: value}. */
    static void print(String key, Object value) {
        System.out.println("# fact " + key + ": " + value);
    }
}
