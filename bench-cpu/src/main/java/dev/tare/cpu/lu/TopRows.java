package dev.tare.cpu.lu;

import java.util.Arrays;

/** Scratch of one worker: a panel's rows of the columns that it updates, close together so that they stay in its cache. */
final class TopRows {
    private final int stripRows;
    private final double[] elements;
    private int step;

    TopRows(Kernel kernel, int maxRows, int maxColumns) {
        stripRows = kernel.rows();
        elements = new double[Math.multiplyExact(wholeStrips(maxRows), maxColumns)];
    }

    /** Makes columns of so many rows; what is left of their last strip is zero. */
    double[] start(int rows) {
        int newStep = wholeStrips(rows);
        if (newStep != rows || newStep != step) {
            Arrays.fill(elements, 0);
        }
        step = newStep;
        return elements;
    }

    int at(int column) {
        return column * step;
    }

    int step() {
        return step;
    }

    private int wholeStrips(int rows) {
        return (rows + stripRows - 1) / stripRows * stripRows;
    }
}
