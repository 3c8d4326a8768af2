package dev.tare.clock.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private static final long CONTINUATION_NS = 1_000;

    @Test
    void rateChangesWhereThePieceInForceEnds() {
        Timeline timeline = new Timeline(0, 100, 1, CONTINUATION_NS);
        timeline.steer(0, (localNs, valueNs) -> 2, 10_000);
        Timeline.Piece loaded = timeline.current();
        assertThat(timeline.at(loaded, 999)).isEqualTo(1_099);
        assertThat(timeline.at(loaded, 1_000)).isEqualTo(1_100);
        assertThat(timeline.at(loaded, 1_100)).isEqualTo(1_300);
        assertThat(timeline.at(timeline.current(), 10_999)).isEqualTo(1_100 + 2 * 9_999);
    }

    @Test
    void pieceThatNobodyFollowsGoesOnAtItsRate() {
        Timeline timeline = new Timeline(0, 0, 1.5, CONTINUATION_NS);
        assertThat(timeline.at(timeline.current(), 86_400_000_000_000L)).isEqualTo(129_600_000_000_000L);
    }

    @Test
    void readerThatWasSuspendedSeesTheSameTimeAsTheOthers() {
        Timeline timeline = new Timeline(0, 0, 1, CONTINUATION_NS);
        Timeline.Piece loadedLongAgo = timeline.current();
        for (long localNs = 0; localNs < 100_000; localNs += 500) {
            double rate = 1 + localNs % 3;
            timeline.steer(localNs, (at, value) -> rate, 700);
            timeline.at(timeline.current(), localNs);
        }
        assertThat(timeline.at(loadedLongAgo, 100_000)).isEqualTo(timeline.at(timeline.current(), 100_000));
    }

    @Test
    void timeNeverGoesBackForAnyThreadWhileTheRateChangesWildly() throws Exception {
        AtomicLong local = new AtomicLong();
        Timeline timeline = new Timeline(0, 0, 1, CONTINUATION_NS);
        AtomicLong latest = new AtomicLong();
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            boolean steers = thread == 0;
            work.add(() -> neverBack(timeline, local, latest, random, steers));
        }
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Boolean> future : threads.invokeAll(work)) {
                assertThat(future.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whether every value is at least as large as all that any thread had seen before the reading began. */
    private static boolean neverBack(
            Timeline timeline, AtomicLong local, AtomicLong latest, Random random, boolean steers) {
        boolean monotonic = true;
        for (int i = 0; i < 300_000; i++) {
            long seenBefore = latest.get();
            Timeline.Piece piece = timeline.current();
            long value = timeline.at(piece, local.addAndGet(random.nextInt(50)));
            monotonic &= value >= seenBefore;
            latest.accumulateAndGet(value, Math::max);
            if (steers && i % 20 == 0) {
                double rate = 0.25 + 3 * random.nextDouble();
                timeline.steer(local.get(), (localNs, valueNs) -> rate, 1 + random.nextInt(2_000));
            }
        }
        return monotonic;
    }
}
