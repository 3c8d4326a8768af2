package dev.tare.mem.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RandomCycleTest {
    private static final long SEED = 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64, 1000})
    void theCyclePassesEveryLineOnceAndComesHome(int lines) {
        RandomCycle cycle = new RandomCycle(lines * 64L, SEED);
        Set<Object> passed = Collections.newSetFromMap(new IdentityHashMap<>());
        Object last = cycle;
        for (int i = 0; i < lines; i++) {
            last = cycle.follow(1);
            passed.add(last);
        }

        assertThat(passed).as("lines passed, seed %d", SEED).hasSize(lines);
        assertThat(cycle.follow(lines)).isSameAs(last);
        assertThatCode(cycle::check).doesNotThrowAnyException();
    }

    @Test
    void theLoadsThatWereCountedAreTheLoadsThatWereMade() {
        RandomCycle cycle = new RandomCycle(64 << 10, SEED);
        cycle.follow(5000);
        cycle.follow(77);

        assertThatCode(cycle::check).doesNotThrowAnyException();
    }

    @Test
    void aJvmThatLaysObjectsOutInAnotherWayIsRefused() {
        assertThatThrownBy(() -> RandomCycle.requireOption("ObjectAlignmentInBytes", "128"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ObjectAlignmentInBytes: expected 128, got 64")
                .hasMessageContaining("-jvmArgsAppend");
    }
}
