package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShortProgramTest {
    private static final Duration AMPLE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void exitCodeOutputAndErrorsAreToldApart() throws Exception {
        assertThat(ShortProgram.run(List.of("sh", "-c", "echo this; echo that >&2; exit 8"), AMPLE))
                .isEqualTo(new ShortProgram.Ended(8, "this\n", "that\n"));
    }

    @Test
    void moreThanAPipeHoldsIsReadFromBoth() throws Exception {
        String numbers =
                IntStream.rangeClosed(1, 50_000).mapToObj(i -> i + "\n").collect(Collectors.joining());

        assertThat(ShortProgram.run(List.of("sh", "-c", "seq 50000 >&2; seq 50000"), AMPLE))
                .isEqualTo(new ShortProgram.Ended(0, numbers, numbers));
    }

    @Test
    void aFailureIsToldInTheProgramsWords() {
        assertThatThrownBy(() -> ShortProgram.output(List.of("sh", "-c", "echo because >&2; exit 3")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected exit code 0, got 3: because");
    }

    @Test
    void whatDoesNotEndInTimeIsRefused() {
        assertThatThrownBy(() -> ShortProgram.run(List.of("sleep", "60"), SHORT))
                .isInstanceOf(IOException.class)
                .hasMessage("sleep 60: expected its end within 50 ms, got none");
    }
}
