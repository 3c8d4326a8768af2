package dev.tare.mem.kernel;

/** Loops that the just-in-time compiler may or may not turn into vectors: for a JVM without the vector module. */
public final class PlainKernels implements Kernels {
    @Override
    public StreamKernels<double[]> doubleStreams() {
        return new PlainDoubleStreams();
    }

    @Override
    public StreamKernels<long[]> longStreams() {
        return new PlainLongStreams();
    }

    @Override
    public BlockKernels<double[]> doubleBlocks() {
        return new PlainDoubleBlocks();
    }

    @Override
    public BlockKernels<long[]> longBlocks() {
        return new PlainLongBlocks();
    }

    @Override
    public String name() {
        return "plain";
    }
}
