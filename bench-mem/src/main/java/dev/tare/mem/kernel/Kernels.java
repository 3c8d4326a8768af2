package dev.tare.mem.kernel;

/** A complete set of kernels of one make. */
public interface Kernels {
    /** STREAM's kernels on doubles. */
    StreamKernels<double[]> doubleStreams();

    /** STREAM's kernels on longs. */
    StreamKernels<long[]> longStreams();

    /** Reading and writing of blocks of doubles. */
    BlockKernels<double[]> doubleBlocks();

    /** Reading and writing of blocks of longs. */
    BlockKernels<long[]> longBlocks();

    /** Name for the record of a run, for example {@code vector-512}. */
    String name();

    /** The fastest kernels that this JVM can run: vectors where it was started with their module. */
    static Kernels fastest() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? vectors() : new PlainKernels();
    }

    private static Kernels vectors() {
        // By name: a class that mentions vectors cannot be linked where their module is absent.
        String name = "dev.tare.mem.vector.VectorKernels";
        try {
            return Class.forName(name)
                    .asSubclass(Kernels.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "expected " + name + " beside " + Kernels.class + ", got " + e + "; build the jar anew", e);
        }
    }
}
