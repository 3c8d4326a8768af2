package dev.tare.mem.stream;

import dev.tare.mem.array.Doubles;
import dev.tare.mem.array.Longs;
import dev.tare.mem.kernel.Kernels;

/** What the arrays hold; the values of the benchmark's parameter {@code elementType}. */
public enum ElementType {
    /** 64-bit floating point: STREAM and RAMspeed's FLOATmem. */
    DOUBLE {
        @Override
        public StreamArrays<?> arrays(long bytes, Kernels kernels) {
            return new StreamArrays<>(bytes, new Doubles(), kernels.doubleStreams());
        }
    },
    /** 64-bit integers: RAMspeed's INTmem. */
    LONG {
        @Override
        public StreamArrays<?> arrays(long bytes, Kernels kernels) {
            return new StreamArrays<>(bytes, new Longs(), kernels.longStreams());
        }
    };

    /**
     * Allocates and touches three arrays.
     *
     * @param bytes size of each array, a multiple of eight that one Java array can hold
     * @throws IllegalStateException when the heap is full
     */
    public abstract StreamArrays<?> arrays(long bytes, Kernels kernels);
}
