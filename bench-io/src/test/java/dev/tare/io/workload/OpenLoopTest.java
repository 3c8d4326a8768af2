package dev.tare.io.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.harness.results.ResponseTimes;
import dev.tare.harness.results.SecondaryResults;
import dev.tare.io.blockstack.Leave;
import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.file.FileRequest;
import dev.tare.io.file.FileTarget;
import dev.tare.io.file.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * A target that stalls for 100 ms of each second: who asks it 1,000 times a second waits in one case of ten, evenly between
 * nothing and 100 ms, so that one response in twenty takes 50 ms and more.
 */
@Timeout(60)
final class OpenLoopTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long STALL_NS = 100_000_000;
    private static final int RATE_PER_S = 1000;
    private static final IterationParams ITERATION =
            new IterationParams(IterationType.WARMUP, 1, TimeValue.seconds(1), 1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void aStallIsChargedForAllWhomItKeepsWaiting(int queueDepth) throws Exception {
        SecondaryResults results = new SecondaryResults();
        ResponseTimes responses = run(Integer.toString(RATE_PER_S), queueDepth, results);

        Map<String, Double> scores = scores(results);
        assertThat(scores.get("askedPerS")).isEqualTo(RATE_PER_S);
        // A busy machine adds waiting; nothing takes it away.
        assertThat(shareAbove(responses, 0.05)).isGreaterThanOrEqualTo(0.045);
        assertThat(scores.get("responseP99Us")).isGreaterThanOrEqualTo(85_000);
        assertThat(scores.get("responseP50Us")).isLessThan(50_000);
    }

    @Test
    void aClosedLoopHidesTheStall() throws Exception {
        SecondaryResults results = new SecondaryResults();
        ResponseTimes responses = run("closed", 8, results);

        // Eight I/Os meet it, and thousands are asked for when it is over.
        assertThat(responses.maxNs()).isGreaterThanOrEqualTo((long) (0.9 * STALL_NS));
        assertThat(shareAbove(responses, 0.05)).isLessThan(0.01);
        assertThat(scores(results)).doesNotContainKey("achievedPercent");
    }

    @Test
    void aRateThatTheTargetCannotServeIsAResult() throws Exception {
        SecondaryResults results = new SecondaryResults();
        run("10000000", 2, results);

        assertThat(scores(results).get("achievedPercent")).isLessThan(99);
    }

    /** A second of reading and writing, which begins 0.5 s before the stall. */
    private ResponseTimes run(String ratePerS, int queueDepth, SecondaryResults results) throws Exception {
        AccessParameters parameters = new AccessParameters();
        parameters.queueDepth = queueDepth;
        parameters.sizeBytes = "1m";
        parameters.ratePerS = ratePerS;
        FileRequest request = new FileRequest(
                folder.toString(), OpenMode.CACHED, Leave.NONE, "none", "auto", 1 << 20, queueDepth, true);
        ResponseTimes all = new ResponseTimes();
        try (FileTarget target = FileTarget.open(request)) {
            Stalling device = new Stalling(target.device());
            try (Workload workload =
                    Workload.open(device, parameters, parameters.spec(50, 100), true, ThreadPart.WHOLE)) {
                device.stallFromNs = Optional.of(System.nanoTime() + SECOND_NS / 2);
                workload.beginIteration(true);
                long untilNs = System.nanoTime() + SECOND_NS;
                while (System.nanoTime() - untilNs < 0) {
                    workload.step(true);
                }
                workload.endIteration(results);
                all.add(workload.responses(Operation.READ));
                all.add(workload.responses(Operation.WRITE));
            }
        }
        return all;
    }

    private static double shareAbove(ResponseTimes responses, double seconds) {
        double percent = 100;
        while (percent > 0.5 && responses.percentileNs(percent) > seconds * SECOND_NS) {
            percent -= 0.1;
        }
        return (100 - percent) / 100;
    }

    private static Map<String, Double> scores(SecondaryResults results) {
        Function<Result<?>, String> label = Result::getLabel;
        return results.take(ITERATION).stream().collect(Collectors.toMap(label, Result::getScore));
    }

    /** A file that answers nothing for a while, by the real clock. */
    private static final class Stalling implements BlockDevice {
        private final BlockDevice file;
        private Optional<Long> stallFromNs = Optional.empty();

        Stalling(BlockDevice file) {
            this.file = file;
        }

        @Override
        public long sizeBytes() {
            return file.sizeBytes();
        }

        @Override
        public int alignBytes() {
            return file.alignBytes();
        }

        @Override
        public Map<String, String> facts() {
            return file.facts();
        }

        @Override
        public BlockQueue openQueue(int depth, int blockBytes) throws IOException {
            return new Queue(this, file.openQueue(depth, blockBytes));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }

        private record Queue(Stalling device, BlockQueue queue) implements BlockQueue {
            @Override
            public int depth() {
                return queue.depth();
            }

            @Override
            public ByteBuffer buffer(int slot) {
                return queue.buffer(slot);
            }

            @Override
            public void submitRead(int slot, long positionBytes, int bytes) throws IOException {
                queue.submitRead(slot, positionBytes, bytes);
            }

            @Override
            public void submitWrite(int slot, long positionBytes, int bytes) throws IOException {
                queue.submitWrite(slot, positionBytes, bytes);
            }

            @Override
            public int await() throws IOException {
                while (isStalled()) {
                    LockSupport.parkNanos(STALL_NS / 100);
                }
                return queue.await();
            }

            @Override
            public boolean awaitUntil(long untilNs) throws IOException {
                while (isStalled()) {
                    if (System.nanoTime() - untilNs >= 0) {
                        return false;
                    }
                    Thread.onSpinWait();
                }
                return queue.awaitUntil(untilNs);
            }

            private boolean isStalled() {
                return device.stallFromNs
                        .map(from -> System.nanoTime() - from)
                        .filter(since -> since >= 0 && since < STALL_NS)
                        .isPresent();
            }

            @Override
            public void flush() throws IOException {
                queue.flush();
            }

            @Override
            public void close() throws IOException {
                queue.close();
            }
        }
    }
}
