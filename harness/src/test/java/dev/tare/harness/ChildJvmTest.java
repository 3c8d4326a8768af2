package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChildJvmTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void aChildThatDiesIsToldWithItsExitCodeAndItsLastWords() throws Exception {
        try (ChildJvm child = start("fails")) {
            assertThat(child.greeting()).isEqualTo("42");
            assertThat(child.awaitEnd(LIMIT))
                    .hasValue("the test's process ended with exit code 3; its last words: no memory left");
        }
    }

    @Test
    void aChildThatLivesHasNoEnd() throws Exception {
        try (ChildJvm child = start("waits")) {
            assertThat(child.awaitEnd(Duration.ZERO)).isEmpty();
        }
    }

    private static ChildJvm start(String behaviour) throws Exception {
        return ChildJvm.start("test", List.of(), Service.class, List.of(behaviour), "ready ", LIMIT);
    }

    /** A service that is ready at once and then fails, or waits for its parent's end. */
    public static final class Service {
        private Service() {}

        /** Behaves as the only argument says. */
        public static void main(String[] arguments) throws Exception {
            System.out.println("ready 42");
            if (arguments[0].equals("fails")) {
                System.err.println("no memory left");
                System.exit(3);
            }
            ChildJvm.awaitEndOfParent();
        }
    }
}
