package dev.tare.profiles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {
    private static final List<String> WORDS = List.of("smoke", "nightly", "paper");

    @Test
    void aWordWithALetterMissingIsNamed() {
        assertThat(Suggestions.hint("smok", WORDS)).isEqualTo("; did you mean smoke?");
    }

    @Test
    void twoSwappedLettersAreForgiven() {
        assertThat(Suggestions.of("nihgtly", WORDS)).containsExactly("nightly");
    }

    @Test
    void aWordThatResemblesNoneGetsNoHint() {
        assertThat(Suggestions.hint("bandwidth", WORDS)).isEmpty();
    }

    @Test
    void aWordOfTwoLettersResemblesNoneOfOtherLetters() {
        assertThat(Suggestions.hint("-zz", List.of("-e", "-bm", "-bs"))).isEmpty();
        assertThat(Suggestions.of("-bn", List.of("-e", "-bm", "-si"))).containsExactly("-bm");
    }

    @Test
    void caseDoesNotMatter() {
        assertThat(Suggestions.of("SMOKE", WORDS)).containsExactly("smoke");
    }
}
