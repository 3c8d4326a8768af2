package dev.tare.cpu.peak;

import dev.tare.harness.VectorModule;

/** Independent sums of products, enough of them to hide the latency of each multiply-add. */
public interface FmaKernel {
    /** Sums move slowly, and stay far from where steps are lost in rounding. */
    double LEFT = 1 - 0x1p-20;

    /** The other factor. */
    double RIGHT = 0x1p-21;

    /** The widest that this JVM offers. */
    static FmaKernel widest() {
        return VectorModule.choose(FmaKernel.class, "VectorFmaKernel", PlainFmaKernel::new);
    }

    /** What it is made of, as a person wants to read it beside a score. */
    String description();

    /** Number of sums. */
    int sums();

    /**
     * Lets every sum take a number of steps: {@code LEFT * RIGHT + sum}, the form that processors have, in which the sum is
     * the addend. A chain through the product, {@code sum * LEFT + RIGHT}, needs a copy of the addend in every step and is
     * no peak; it is taken only where multiplying and adding are two instructions.
     *
     * @param sums {@link #sums()} numbers
     */
    void step(int steps, double[] sums);

    /** One step of one sum, rounded as this kernel rounds it. */
    double stepOnce(double sum);
}
