package dev.tare.cpu.peak;

/** Eight chains of a multiplication and an addition each: without vectors, a fused one may be emulated and very slow. */
final class PlainFmaKernel implements FmaKernel {
    @Override
    public String description() {
        return "plain Java, 8 chains (no module jdk.incubator.vector)";
    }

    @Override
    public int chains() {
        return 8;
    }

    @Override
    public void step(int steps, double[] values) {
        double v0 = values[0];
        double v1 = values[1];
        double v2 = values[2];
        double v3 = values[3];
        double v4 = values[4];
        double v5 = values[5];
        double v6 = values[6];
        double v7 = values[7];
        for (int i = 0; i < steps; i++) {
            v0 = v0 * FACTOR + ADDEND;
            v1 = v1 * FACTOR + ADDEND;
            v2 = v2 * FACTOR + ADDEND;
            v3 = v3 * FACTOR + ADDEND;
            v4 = v4 * FACTOR + ADDEND;
            v5 = v5 * FACTOR + ADDEND;
            v6 = v6 * FACTOR + ADDEND;
            v7 = v7 * FACTOR + ADDEND;
        }
        values[0] = v0;
        values[1] = v1;
        values[2] = v2;
        values[3] = v3;
        values[4] = v4;
        values[5] = v5;
        values[6] = v6;
        values[7] = v7;
    }

    @Override
    public double stepOnce(double value) {
        return value * FACTOR + ADDEND;
    }
}
