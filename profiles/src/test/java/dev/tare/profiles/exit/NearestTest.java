package dev.tare.profiles.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {
    private static final List<String> WORDS = List.of("smoke", "nightly", "paper");

    @Test
    void aWordWithALetterMissingIsNamed() {
        assertThat(Nearest.hint("smok", WORDS)).isEqualTo("; did you mean smoke?");
    }

    @Test
    void twoSwappedLettersAreForgiven() {
        assertThat(Nearest.of("nihgtly", WORDS)).containsExactly("nightly");
    }

    @Test
    void aWordThatResemblesNoneGetsNoHint() {
        assertThat(Nearest.hint("bandwidth", WORDS)).isEmpty();
    }

    @Test
    void caseDoesNotMatter() {
        assertThat(Nearest.of("SMOKE", WORDS)).containsExactly("smoke");
    }
}
