package dev.tare.clock.estimate;

/**
 * The points of one side of the envelope that matter: the convex chain that a straight line can touch.
 *
 * <p>Coordinates are nanoseconds from a reference instant near the newest point, so that doubles hold them to a
 * thousandth of a nanosecond over a window of minutes.
 */
final class Hull {
    /** The chain lies below all points: they are limits from above. */
    static final int UPPER_LIMITS = 1;

    /** The chain lies above all points: they are limits from below. */
    static final int LOWER_LIMITS = -1;

    private final int side;
    private final double[] x;
    private final double[] y;
    private int size;

    Hull(int side, int capacity) {
        this.side = side;
        x = new double[capacity];
        y = new double[capacity];
    }

    /** Adds a point; points come in the order of x, and near enough that doubles hold them exactly. */
    void add(long localNs, long serverNs) {
        double pointX = (double) localNs;
        double pointY = (double) serverNs;
        while (size >= 2 && !turns(pointX, pointY)) {
            size--;
        }
        x[size] = pointX;
        y[size] = pointY;
        size++;
    }

    /** Whether the last point stays a corner of the chain when this one follows. */
    private boolean turns(double pointX, double pointY) {
        double cross = (x[size - 1] - x[size - 2]) * (pointY - y[size - 2])
                - (y[size - 1] - y[size - 2]) * (pointX - x[size - 2]);
        return side * cross > 0;
    }

    int size() {
        return size;
    }

    double x(int index) {
        return x[index];
    }

    double y(int index) {
        return y[index];
    }

    /** The limit at x = 0 that lines of this slope have: the lowest upper one, the highest lower one. */
    double limitAtReference(double slope) {
        double limit = side * Double.POSITIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double candidate = y[i] - slope * x[i];
            limit = side > 0 ? Math.min(limit, candidate) : Math.max(limit, candidate);
        }
        return limit;
    }
}
