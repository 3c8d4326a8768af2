package dev.tare.harness;

/**
 * Options of the JVMs that measure a processor and its memory, the same for native machines and guests of every size.
 * Benchmarks name them in {@code jvmArgsPrepend}, so that what a user appends, such as a larger heap, comes beside them
 * and not in their place.
 */
public final class ForkOptions {
    /** First, since the options below do not all exist on every JVM. */
    public static final String LENIENT = "-XX:+IgnoreUnrecognizedVMOptions";

    /** The incubating module of explicit vectors, see {@link VectorModule}. */
    public static final String VECTORS = "--add-modules=jdk.incubator.vector";

    /** No check of bounds at each vector: blocks in the first cache would measure the checks. */
    public static final String NO_BOUNDS_CHECK = "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0";

    /** A kernel that has been rehearsed often enough is compiled when the rehearsal ends, however busy the machine. */
    public static final String WAIT_FOR_COMPILER = "-XX:-BackgroundCompilation";

    /** A collector without threads of its own beside the benchmark's, and the same on one processor as on many. */
    public static final String SERIAL_COLLECTOR = "-XX:+UseSerialGC";

    /** Arrays go straight to the old generation, where they stay. */
    public static final String SMALL_NURSERY = "-Xmn32m";

    /** The JVM's default of a quarter would refuse arrays that fit the machine. */
    public static final String MOST_OF_THE_MACHINE = "-XX:MaxRAMPercentage=80";

    /** Objects begin at a cache line; in an array of elements of 8 bytes the next line begins with the seventh. */
    public static final String LINE_ALIGNMENT = "-XX:ObjectAlignmentInBytes=64";

    /** References are addresses and need no arithmetic. */
    public static final String PLAIN_REFERENCES = "-XX:-UseCompressedOops";

    /** Huge pages, whether the system gives them to all or only to those that ask. */
    public static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

    /** The pages that the system gives to those that do not ask. */
    public static final String SMALL_PAGES = "-XX:-UseTransparentHugePages";

    private ForkOptions() {}
}
