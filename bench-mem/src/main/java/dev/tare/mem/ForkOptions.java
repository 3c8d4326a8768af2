package dev.tare.mem;

/** Options of the JVMs that measure memory, the same for native machines and guests of every size. */
final class ForkOptions {
    /** First, since the options below do not all exist on every system. */
    static final String LENIENT = "-XX:+IgnoreUnrecognizedVMOptions";

    static final String VECTORS = "--add-modules=jdk.incubator.vector";

    /** No check of bounds at each vector: blocks in the first cache would measure the checks. */
    static final String NO_BOUNDS_CHECK = "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0";

    /** A kernel that has been rehearsed often enough is compiled when the rehearsal ends, however busy the machine. */
    static final String WAIT_FOR_COMPILER = "-XX:-BackgroundCompilation";

    /** Without threads of its own beside the benchmark's, and the same on one processor as on many. */
    static final String COLLECTOR = "-XX:+UseSerialGC";

    /** Arrays go straight to the old generation, where they stay. */
    static final String SMALL_NURSERY = "-Xmn32m";

    /** The JVM's default of a quarter would refuse arrays that fit the machine. */
    static final String LARGE_HEAP = "-XX:MaxRAMPercentage=80";

    /** Arrays begin at a cache line, see {@code HeapArrays.FIRST}. */
    static final String LINE_ALIGNMENT = "-XX:ObjectAlignmentInBytes=64";

    /** References are addresses and need no arithmetic. */
    static final String PLAIN_REFERENCES = "-XX:-UseCompressedOops";

    /** The same pages whether the system gives huge ones to all or only to those that ask. */
    static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

    static final String SMALL_PAGES = "-XX:-UseTransparentHugePages";

    private ForkOptions() {}
}
