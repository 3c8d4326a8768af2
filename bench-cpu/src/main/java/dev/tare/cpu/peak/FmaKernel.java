package dev.tare.cpu.peak;

import dev.tare.harness.VectorModule;

/** Independent chains of multiply-adds, enough of them to hide the latency of each. */
public interface FmaKernel {
    /** Every step of a chain multiplies by this and adds {@link #ADDEND}: values move slowly to 0.5, so none get lost. */
    double FACTOR = 1 - 0x1p-20;

    /** What is added in every step. */
    double ADDEND = 0x1p-21;

    /** The widest that this JVM offers. */
    static FmaKernel widest() {
        return VectorModule.choose(FmaKernel.class, "VectorFmaKernel", PlainFmaKernel::new);
    }

    /** What it is made of, as a person wants to read it beside a score. */
    String description();

    /** Number of chains. */
    int chains();

    /** Lets every chain take a number of steps: each replaces its value v by {@code v * FACTOR + ADDEND}. */
    void step(int steps, double[] values);

    /** One step, rounded as this kernel rounds it. */
    double stepOnce(double value);
}
