package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class JoinsTest {
    @Test
    void anInterruptIsKeptUntilAllHaveEnded() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread waiting = Thread.currentThread();
        Thread first = new Thread(() -> awaitQuietly(mayEnd), "first");
        // Lets the other end only when the joining thread has been interrupted.
        Thread second = new Thread(
                () -> {
                    waiting.interrupt();
                    mayEnd.countDown();
                },
                "second");
        first.start();
        second.start();

        Joins.uninterruptibly(List.of(first, second));

        assertThat(first.isAlive() || second.isAlive()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
