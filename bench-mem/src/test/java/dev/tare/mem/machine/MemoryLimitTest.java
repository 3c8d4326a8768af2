package dev.tare.mem.machine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MemoryLimitTest {
    @Test
    void arraysBeyondTheHeapAreRefusedBeforeTheyAreAllocated() {
        assertThatThrownBy(() -> MemoryLimit.ofThisJvm().require("3 arrays", 1L << 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 arrays need 1,099,511,627,808 MiB of heap, this JVM has at most")
                .hasMessageContaining("-jvmArgsPrepend -Xmx");
    }

    @Test
    void arraysBeyondTheHeapOfTheForkOrTheMachineAreRefusedBeforeAnyFork() {
        // 1000 MiB and the 32 of the JVM are more than a GiB.
        assertThatThrownBy(() -> MemoryLimit.ofFork(1L << 30, 1L << 40).require("3 arrays", 1000L << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 arrays need 1,032 MiB of heap, its JVM has at most 1,024 MiB")
                .hasMessageEndingWith("or a larger heap: -jvmArgsPrepend -Xmx<size>");
        assertThatThrownBy(() -> MemoryLimit.ofFork(1L << 40, 1L << 30).require("3 arrays", 1000L << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 arrays need 1,032 MiB of heap, this machine can give 1,024 MiB")
                .hasMessageEndingWith("use smaller arrays or fewer threads");
    }

    @Test
    void whatIsBelowTheLimitPasses() {
        assertThatCode(() -> MemoryLimit.ofThisJvm().require("an array", 1)).doesNotThrowAnyException();
        assertThatCode(() ->
                        MemoryLimit.ofFork(1L << 30, Machine.obtainableBytes()).require("an array", 1))
                .doesNotThrowAnyException();
    }
}
