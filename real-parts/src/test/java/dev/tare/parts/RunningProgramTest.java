package dev.tare.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class RunningProgramTest {
    @Test
    void aLineIsAwaitedAndItsGroupsAreGiven() throws Exception {
        try (RunningProgram program = RunningProgram.start(List.of("sh", "-c", "echo port=17; exec cat"))) {
            assertThat(program.awaitLine(Pattern.compile("port=(\\d+)")).group(1))
                    .isEqualTo("17");
        }
    }

    @Test
    void aProgramThatEndsWithoutTheLineIsReportedWithItsOutput() throws Exception {
        try (RunningProgram program = RunningProgram.start(List.of("sh", "-c", "echo cannot bind >&2"))) {
            assertThatThrownBy(() -> program.awaitLine(Pattern.compile("ready")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot bind");
        }
    }

    @Test
    void theExitCodeIsGiven() throws Exception {
        try (RunningProgram program = RunningProgram.start(List.of("sh", "-c", "exit 3"))) {
            assertThat(program.awaitExit(Duration.ofSeconds(30))).isEqualTo(3);
        }
    }

    @Test
    void closingStopsTheProgramAndItsChildren() throws Exception {
        RunningProgram program = RunningProgram.start(List.of("sh", "-c", "sleep 1000 & echo child=$!; wait"));
        long child = Long.parseLong(
                program.awaitLine(Pattern.compile("child=(\\d+)")).group(1));

        program.close();

        assertThat(program.process().isAlive()).isFalse();
        assertThat(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }
}
