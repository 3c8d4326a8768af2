package dev.tare.mem.vector;

import dev.tare.mem.kernel.BlockKernels;
import dev.tare.mem.kernel.Kernels;
import dev.tare.mem.kernel.StreamKernels;
import jdk.incubator.vector.LongVector;

/** Kernels in the widest vectors of the machine. */
public final class VectorKernels implements Kernels {
    @Override
    public StreamKernels<double[]> doubleStreams() {
        return new VectorDoubleStreams();
    }

    @Override
    public StreamKernels<long[]> longStreams() {
        return new VectorLongStreams();
    }

    @Override
    public BlockKernels<double[]> doubleBlocks() {
        return new VectorDoubleBlocks();
    }

    @Override
    public BlockKernels<long[]> longBlocks() {
        return new VectorLongBlocks();
    }

    @Override
    public String name() {
        return "vector-" + LongVector.SPECIES_PREFERRED.vectorBitSize();
    }
}
