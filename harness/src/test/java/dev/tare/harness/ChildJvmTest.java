package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
    void whatAChildSaysOnItsOutputBeforeItDiesIsAmongItsLastWords() throws Exception {
        try (ChildJvm child = start("says")) {
            assertThat(child.withLastWords(new IOException("connection reset")))
                    .hasMessage(
                            "connection reset; the test's process ended with exit code 4; its last words: out of luck");
        }
    }

    @Test
    void aChildThatIsNotReadySaysWhatItSaidAndHowItEnded() {
        assertThatThrownBy(() -> start("refuses"))
                .hasMessage(
                        "test: expected it to get ready, got \"no disk\"; the test's process ended with exit code 5,"
                                + " without a word");
        assertThatThrownBy(() -> start("is mute"))
                .hasMessageContaining("got the end of its output")
                .hasMessageContaining("exit code 1; its last words: Exception in thread \"main\"");
    }

    @Test
    void aChildThatDoesNotGetReadyInTimeIsEnded() {
        assertThatThrownBy(() -> ChildJvm.start(
                        "test", List.of(), Service.class, List.of("sleeps"), "ready ", Duration.ofMillis(1)))
                .hasMessageStartingWith("test: expected it to get ready, got nothing within 0 s");
    }

    @Test
    void aFailureBesideAChildThatLivesIsTheFailureAlone() throws Exception {
        IOException failure = new IOException("connection reset");
        try (ChildJvm child = start("waits")) {
            assertThat(child.withLastWords(failure)).isSameAs(failure);
            assertThat(child.process().isAlive()).isTrue();
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
            switch (arguments[0]) {
                case "refuses" -> {
                    System.out.println("no disk");
                    System.exit(5);
                }
                case "is mute" -> throw new IllegalStateException("no memory");
                case "sleeps" -> ChildJvm.awaitEndOfParent();
                default -> System.out.println("ready 42");
            }
            if (arguments[0].equals("says")) {
                System.out.println("out of luck");
                System.exit(4);
            }
            if (arguments[0].equals("fails")) {
                System.err.println("no memory left");
                System.exit(3);
            }
            ChildJvm.awaitEndOfParent();
        }
    }
}
