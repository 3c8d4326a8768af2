package dev.tare.mem.machine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MemoryLimitTest {
    @Test
    void arraysBeyondTheHeapAreRefusedBeforeTheyAreAllocated() {
        assertThatThrownBy(() -> MemoryLimit.ofThisJvm().require("3 arrays", Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 arrays need 8,796,093,022,207 MiB of heap, this JVM has at most")
                .hasMessageContaining("-jvmArgsPrepend -Xmx");
    }

    @Test
    void arraysBeyondTheMachineAreRefusedBeforeAnyFork() {
        assertThatThrownBy(() -> MemoryLimit.ofThisMachine().require("3 arrays", Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 arrays need 8,796,093,022,207 MiB of heap, this machine can give")
                .hasMessageEndingWith("use smaller arrays or fewer threads");
    }

    @Test
    void whatIsBelowTheLimitPasses() {
        assertThatCode(() -> MemoryLimit.ofThisJvm().require("an array", 1)).doesNotThrowAnyException();
        assertThatCode(() -> MemoryLimit.ofThisMachine().require("an array", 1)).doesNotThrowAnyException();
    }
}
