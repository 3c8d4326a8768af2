package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ThreadQueueTest {
    @Test
    void anExceptionOfAWorkerFailsTheQueueWithItsCause() throws Exception {
        IllegalStateException fault = new IllegalStateException("no such state");
        try (ThreadQueue queue = start(() -> sneak(fault))) {
            queue.submitRead(0, 0);

            assertThatThrownBy(queue::await)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("I/O on data: expected it to succeed or to fail with a reason, got "
                            + "java.lang.IllegalStateException: no such state")
                    .hasCause(fault);
        }
    }

    @Test
    void anErrorOfAWorkerFailsTheQueueAndTheOthersEnd() throws Exception {
        OutOfMemoryError fault = new OutOfMemoryError("Cannot reserve direct buffer memory");
        try (ThreadQueue queue = start(() -> sneak(fault))) {
            queue.submitWrite(1, 0);
            queue.submitRead(2, 4096);

            assertThatThrownBy(queue::await).isInstanceOf(DeviceException.class).hasCause(fault);
        }
    }

    @Test
    void aFailedTransferIsTheFailureOfTheQueue() throws Exception {
        IOException fault = new IOException("I/O error");
        try (ThreadQueue queue = start(() -> fault)) {
            queue.submitRead(3, 0);

            assertThatThrownBy(queue::await).isSameAs(fault);
        }
    }

    @Test
    void aSlotIsIdleAgainWhenItsTransferIsDone() throws Exception {
        try (ThreadQueue queue = ThreadQueue.start(new Transfers(null), "data", buffers())) {
            queue.submitRead(2, 0);
            assertThat(queue.await()).isEqualTo(2);
            assertThatThrownBy(queue::await).hasMessageContaining("expected an outstanding I/O, got none");
        }
    }

    @Test
    void waitingEndsAtATimeOrWhenATransferIsDone() throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        try (ThreadQueue queue =
                ThreadQueue.start(new Transfers(() -> new IOException("" + done.join())), "data", buffers())) {
            assertThatThrownBy(() -> queue.awaitUntil(System.nanoTime()))
                    .hasMessageContaining("expected an outstanding I/O, got none");
            queue.submitDiscard(1, 0, 4096);
            assertThat(queue.awaitUntil(System.nanoTime() + 60_000_000_000L)).isTrue();
            queue.submitRead(2, 0);
            assertThat(queue.await()).isEqualTo(1);

            assertThat(queue.awaitUntil(System.nanoTime() + 2_000_000)).isFalse();
            assertThat(queue.awaitUntil(System.nanoTime() - 1)).isFalse();
            done.complete(true);
            assertThatThrownBy(() -> queue.awaitUntil(System.nanoTime() + 60_000_000_000L))
                    .hasMessage("true");
        }
    }

    private static ThreadQueue start(Supplier<IOException> fault) throws IOException {
        return ThreadQueue.start(new Transfers(fault), "data", buffers());
    }

    private static ByteBuffer[] buffers() {
        return Transfer.buffers(4, 4096, 4096);
    }

    private static IOException sneak(Throwable fault) {
        if (fault instanceof RuntimeException exception) {
            throw exception;
        }
        throw (Error) fault;
    }

    /** Transfers that all fail in one way, or none of them. */
    private record Transfers(@Nullable Supplier<IOException> fault) implements Transfer {
        @Override
        public void read(ByteBuffer buffer, long positionBytes, int bytes) throws IOException {
            if (fault != null) {
                throw fault.get();
            }
        }

        @Override
        public void write(ByteBuffer buffer, long positionBytes, int bytes) throws IOException {
            read(buffer, positionBytes, bytes);
        }

        @Override
        public void discard(long positionBytes, int bytes) {
            // Nothing is kept.
        }

        @Override
        public void flush() {
            // Nothing is written.
        }
    }
}
