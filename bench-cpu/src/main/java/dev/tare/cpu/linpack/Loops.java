package dev.tare.cpu.linpack;

import dev.tare.cpu.vectors.VectorModule;

/** The two versions of its inner loops that the program runs. */
public enum Loops {
    /** As simple as they can be written. */
    ROLLED {
        @Override
        ColumnKernel kernel() {
            return VectorModule.choose(ColumnKernel.class, "VectorRolledKernel", PlainRolledKernel::new);
        }
    },
    /** Several passes at once. */
    UNROLLED {
        @Override
        ColumnKernel kernel() {
            return VectorModule.choose(ColumnKernel.class, "VectorUnrolledKernel", PlainUnrolledKernel::new);
        }
    };

    /** The loops in explicit vectors, or in plain Java where the JVM has none. */
    abstract ColumnKernel kernel();
}
