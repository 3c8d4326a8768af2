package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HeapLimitTest {
    private static final String SMALLER = "fewer threads or smaller arrays";

    @Test
    void arraysBeyondTheHeapAreRefusedBeforeTheyAreAllocated() {
        assertThatThrownBy(() -> HeapLimit.ofThisJvm().require("3 arrays", 1L << 60, SMALLER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 arrays: 1099511627809 MiB of heap are needed, this JVM has at most")
                .hasMessageContaining("pass -jvmArgsAppend -Xmx1099511627809m");
    }

    @Test
    void arraysBeyondTheHeapOfTheForkOrTheMachineAreRefusedBeforeAnyFork() {
        // 1000 MiB and the 32 of the JVM are more than a GiB.
        assertThatThrownBy(() -> HeapLimit.ofFork(1L << 30, 1L << 40).require("3 arrays", 1000L << 20, SMALLER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 arrays: 1033 MiB of heap are needed, its JVM has at most 1024 MiB; pass -jvmArgsAppend"
                        + " -Xmx1033m where the machine has that much, or choose " + SMALLER);
        assertThatThrownBy(() -> HeapLimit.ofFork(1L << 40, 1L << 30).require("3 arrays", 1000L << 20, SMALLER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 arrays: 1033 MiB of heap are needed, this machine can give 1024 MiB; choose " + SMALLER);
    }

    @Test
    void whatIsBelowTheLimitPasses() {
        assertThatCode(() -> HeapLimit.ofThisJvm().require("an array", 1, SMALLER))
                .doesNotThrowAnyException();
        assertThatCode(() -> HeapLimit.ofFork(1L << 30, 1L << 31).require("an array", 1, SMALLER))
                .doesNotThrowAnyException();
    }
}
