package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.JavaCommand;
import dev.tare.parts.RunningProgram;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FactsTest {
    /** Prints facts that are known now, only at the end, and never. */
    static final class Program {
        public static void main(String[] arguments) {
            AtomicInteger iterations = new AtomicInteger();
            Facts.printAtEnd(() -> {
                throw new IllegalStateException("nobody counted");
            });
            Facts.printAtEnd(() -> {
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("iterations", iterations);
                facts.put("lines", "two\nof them");
                return facts;
            });
            iterations.set(3);
            Facts.print("now", "yes");
        }
    }

    @Test
    void factsThatAreKnownAtTheEndAreAskedForThenAndEachIsAWholeLine() throws Exception {
        List<String> command = JavaCommand.of(List.of(), Program.class.getName());
        try (RunningProgram program = RunningProgram.start(command)) {
            assertThat(program.awaitExit(Duration.ofMinutes(1))).isZero();
            assertThat(program.output().lines())
                    .containsSubsequence("# fact now: yes", "# fact iterations: 3", "# fact lines: two of them");
            assertThat(program.output()).contains("nobody counted");
        }
    }
}
