package dev.tare.mem.stream;

/** Which kernel wrote last, and what it leaves in an element. */
enum Written {
    NOTHING {
        @Override
        double replay(double a, double b, double factor) {
            throw new IllegalStateException("no kernel ran, so there is nothing to check; run at least one pass");
        }
    },
    COPY {
        @Override
        double replay(double a, double b, double factor) {
            return a;
        }
    },
    SCALE {
        @Override
        double replay(double a, double b, double factor) {
            return factor * a;
        }
    },
    ADD {
        @Override
        double replay(double a, double b, double factor) {
            return a + b;
        }
    },
    TRIAD {
        @Override
        double replay(double a, double b, double factor) {
            return a + factor * b;
        }
    };

    abstract double replay(double a, double b, double factor);
}
