package dev.tare.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Calls that end when another process has used a second of CPU time: in the second measured iteration one that has detached
 * itself, in the third one that is a child of this JVM, in the others none.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 4)
@Fork(1)
public class BusyNeighbourBench {
    private static final Duration WORK = Duration.ofSeconds(1);
    /** The limit of CPU time ends it even where nobody stops it. */
    private static final String LOOP = "ulimit -t 60; while :; do :; done";

    private int iteration;
    private long busy;

    @Setup(Level.Iteration)
    public void startNeighbour() throws IOException {
        // The warm-up is number 0.
        switch (iteration++) {
            case 2 -> busy = firstLineOf("(" + LOOP + ") </dev/null >/dev/null 2>&1 & echo $!");
            case 3 -> busy = firstLineOf("echo $$; " + LOOP);
            default -> busy = 0;
        }
    }

    @Benchmark
    public long neighbour() throws IOException {
        long calls = 0;
        while (busy != 0 && cpuTime(busy).compareTo(WORK) < 0) {
            calls++;
        }
        return calls;
    }

    @TearDown(Level.Iteration)
    public void stopNeighbour() {
        if (busy != 0) {
            ProcessHandle.of(busy).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        }
    }

    private static long firstLineOf(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script).start();
        return Long.parseLong(process.inputReader().readLine().strip());
    }

    private static Duration cpuTime(long process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        List<String> columns = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return Duration.ofMillis(10 * (Long.parseLong(columns.get(11)) + Long.parseLong(columns.get(12))));
    }
}
