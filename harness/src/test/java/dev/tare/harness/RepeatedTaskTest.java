package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepeatedTaskTest {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
    void whatTheTaskThrowsIsHandedOverAndTheTaskIsRepeated(Class<? extends Throwable> thrown) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Throwable fault = thrown.getConstructor(String.class).newInstance("fault");
        try (RepeatedTask task = RepeatedTask.start(
                "test",
                1,
                () -> {
                    if (runs.incrementAndGet() == 1) {
                        if (fault instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) fault;
                    }
                    seen.add("repeated");
                },
                failure -> seen.add("handed over: " + failure.getMessage()))) {
            assertThat(task).isNotNull();
            assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo("handed over: fault");
            assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo("repeated");
        }
    }
}
