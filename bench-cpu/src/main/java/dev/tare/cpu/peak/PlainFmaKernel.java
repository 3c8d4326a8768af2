package dev.tare.cpu.peak;

/** Eight sums of a multiplication and an addition each, chained through the product: without vectors, a fused one may be emulated and very slow. */
final class PlainFmaKernel implements FmaKernel {
    @Override
    public String description() {
        return "plain Java, 8 sums (no module jdk.incubator.vector)";
    }

    @Override
    public int sums() {
        return 8;
    }

    @Override
    public void step(int steps, double[] sums) {
        double s0 = sums[0];
        double s1 = sums[1];
        double s2 = sums[2];
        double s3 = sums[3];
        double s4 = sums[4];
        double s5 = sums[5];
        double s6 = sums[6];
        double s7 = sums[7];
        for (int i = 0; i < steps; i++) {
            s0 = s0 * LEFT + RIGHT;
            s1 = s1 * LEFT + RIGHT;
            s2 = s2 * LEFT + RIGHT;
            s3 = s3 * LEFT + RIGHT;
            s4 = s4 * LEFT + RIGHT;
            s5 = s5 * LEFT + RIGHT;
            s6 = s6 * LEFT + RIGHT;
            s7 = s7 * LEFT + RIGHT;
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[4] = s4;
        sums[5] = s5;
        sums[6] = s6;
        sums[7] = s7;
    }

    @Override
    public double stepOnce(double sum) {
        return sum * LEFT + RIGHT;
    }
}
