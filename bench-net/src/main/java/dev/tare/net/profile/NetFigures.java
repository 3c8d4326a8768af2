package dev.tare.net.profile;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The way of figures from the benchmarks to {@link NetProfiler}, which JMH makes for itself in the same process: the
 * threads of an iteration leave them here, the profiler takes them at its end.
 */
public final class NetFigures {
    private static final double PERCENT = 100;
    private static final Queue<NetFigure> LEFT = new ConcurrentLinkedQueue<>();

    private NetFigures() {}

    /** Leaves a figure; figures of the same name are averaged over the threads. */
    public static void leave(String name, double value, String unit) {
        LEFT.add(new NetFigure(name, value, unit));
    }

    /** Leaves a share; the share of nothing is none. */
    public static void leavePercent(String name, long part, long whole) {
        leave(name, whole == 0 ? 0 : PERCENT * part / whole, "%");
    }

    static void forget() {
        LEFT.clear();
    }

    static List<NetFigure> take() {
        List<NetFigure> figures = List.copyOf(LEFT);
        LEFT.clear();
        return figures;
    }
}
