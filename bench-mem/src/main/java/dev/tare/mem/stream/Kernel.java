package dev.tare.mem.stream;

import dev.tare.mem.kernel.StreamKernels;

/** A kernel, as scalars define it. */
enum Kernel {
    COPY {
        @Override
        double replay(double a, double b) {
            return a;
        }
    },
    SCALE {
        @Override
        double replay(double a, double b) {
            return StreamKernels.FACTOR * a;
        }
    },
    ADD {
        @Override
        double replay(double a, double b) {
            return a + b;
        }
    },
    TRIAD {
        @Override
        double replay(double a, double b) {
            return a + StreamKernels.FACTOR * b;
        }
    };

    abstract double replay(double a, double b);
}
