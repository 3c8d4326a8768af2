package dev.tare.io.file;

import dev.tare.harness.Parameters;

/**
 * How a file is opened and by which interface its I/Os are done.
 *
 * @param direct whether to go around the page cache; not with {@link Engine#MMAP}, which is the page cache
 * @param dsync whether every write is durable when it is done (O_DSYNC)
 * @param engine which interface
 */
public record OpenMode(boolean direct, boolean dsync, Engine engine) {
    /** Through the page cache. */
    public static final OpenMode CACHED = new OpenMode(false, false, Engine.AUTO);

    /** Around the page cache, where that works. */
    public static final OpenMode DIRECT = new OpenMode(true, false, Engine.AUTO);

    /** The interfaces, by the words of the parameter {@code engine}. */
    public enum Engine {
        /** The fastest that this JVM and kernel have: system calls at depth 1, an io_uring deeper, threads where there is none. */
        AUTO,
        /** An io_uring at any depth. */
        URING,
        /** Plain Java: a thread for each outstanding I/O. */
        THREADS,
        /** Copies to and from a mapping of the file: what costs are page faults, which nested paging makes dearer. */
        MMAP;

        /**
         * The engine of a word.
         *
         * @throws IllegalArgumentException when it is none
         */
        public static Engine of(String word) {
            return switch (Parameters.oneOf("engine", word, "auto", "uring", "threads", "mmap")) {
                case "uring" -> URING;
                case "threads" -> THREADS;
                case "mmap" -> MMAP;
                default -> AUTO;
            };
        }
    }
}
