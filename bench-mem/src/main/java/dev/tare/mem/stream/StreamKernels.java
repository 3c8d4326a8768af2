package dev.tare.mem.stream;

import dev.tare.mem.machine.VectorModule;

/** Chooses the kernels: explicit vectors where the JVM has their module, plain loops elsewhere. */
public final class StreamKernels {
    private StreamKernels() {}

    /** The fastest kernels on doubles that this JVM can run. */
    public static DoubleStreams onDoubles() {
        return VectorModule.load(
                DoubleStreams.class, "dev.tare.mem.vector.VectorDoubleStreams", new PlainDoubleStreams());
    }
}
