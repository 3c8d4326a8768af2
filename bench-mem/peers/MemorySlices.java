import dev.tare.mem.kernel.Block;
import dev.tare.mem.kernel.RandomCycle;
import dev.tare.mem.kernel.StreamArrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CyclicBarrier;

/** Our side of the comparison, with the protocol of slices.h: the work of the benchmarks, without JMH. */
final class MemorySlices {
    private static final int LOADS = 1 << 16;
    private static final long SEED = 64;

    /** One call of a kernel; the score of a slice is this many MB, or nanoseconds the other way round, a call. */
    private record SliceWork(Runnable call, double mbPerCall) {}

    private static Object reached = "";

    public static void main(String[] args) throws Exception {
        long bytes = Long.parseLong(args[1]);
        int threads = Integer.parseInt(args[2]);
        CyclicBarrier together = new CyclicBarrier(threads + 1);
        Slice slice = new Slice(together, threads);
        for (int t = 0; t < threads; t++) {
            int own = t;
            Thread thread = new Thread(() -> slice.workAs(own, works(args[0], bytes)), "worker-" + t);
            thread.setDaemon(true);
            thread.start();
        }
        together.await();
        System.out.println("ready");
        Scanner lines = new Scanner(System.in);
        while (lines.hasNext()) {
            slice.kernel = lines.next();
            slice.durationNs = (long) (1e6 * lines.nextDouble());
            together.await();
            together.await();
            double mbPerS = 0;
            for (double score : slice.scores) {
                mbPerS += score;
            }
            System.out.println(args[0].equals("latency") ? 1e3 / mbPerS : mbPerS);
        }
    }

    /** What all threads do at the same time. */
    private static final class Slice {
        private final CyclicBarrier together;
        private final double[] scores;
        private volatile String kernel = "";
        private volatile long durationNs;

        Slice(CyclicBarrier together, int threads) {
            this.together = together;
            scores = new double[threads];
        }

        void workAs(int thread, Map<String, SliceWork> works) {
            try {
                while (true) {
                    together.await();
                    together.await();
                    scores[thread] = mbPerS(works.get(kernel));
                }
            } catch (Exception e) {
                e.printStackTrace();
                System.exit(1);
            }
        }

        private double mbPerS(SliceWork work) {
            work.call.run();
            long begin = System.nanoTime();
            long now;
            long calls = 0;
            do {
                work.call.run();
                calls++;
                now = System.nanoTime();
            } while (now - begin < durationNs);
            return 1e9 * calls * work.mbPerCall / (now - begin);
        }
    }

    private static Map<String, SliceWork> works(String what, long bytes) {
        Map<String, SliceWork> works = new HashMap<>();
        switch (what) {
            case "block" -> {
                Block<?> longs = Block.ofLongs(bytes);
                Block<?> doubles = Block.ofDoubles(bytes);
                double mb = 1e-6 * longs.bytesPerCall();
                works.put("intRead", new SliceWork(() -> reached = longs.read(), mb));
                works.put("intWrite", new SliceWork(longs::write, mb));
                works.put("floatRead", new SliceWork(() -> reached = doubles.read(), mb));
                works.put("floatWrite", new SliceWork(doubles::write, mb));
            }
            case "stream" -> {
                StreamArrays<?> arrays = StreamArrays.ofDoubles(bytes);
                works.put("copy", new SliceWork(arrays::copy, 2e-6 * bytes));
                works.put("scale", new SliceWork(arrays::scale, 2e-6 * bytes));
                works.put("add", new SliceWork(arrays::add, 3e-6 * bytes));
                works.put("triad", new SliceWork(arrays::triad, 3e-6 * bytes));
            }
            case "latency" -> {
                RandomCycle cycle = new RandomCycle(bytes, SEED);
                works.put("load", new SliceWork(() -> reached = cycle.follow(LOADS), 1e-6 * LOADS));
            }
            default -> throw new IllegalArgumentException("unknown work: " + what);
        }
        return works;
    }

    private MemorySlices() {}
}
