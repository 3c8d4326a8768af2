package dev.tare.profiles.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.profiles.cli.CommandException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProfileTest {
    @Test
    void everyLineIsAStepAndCommentsAndEmptyLinesAreNone() {
        Profile profile = Profile.parse("mine", "# all of it\n\nStreamBench -f 3   # three forks\n  LuSolveBench\n");

        assertThat(profile.steps())
                .containsExactly(new Step(3, List.of("StreamBench", "-f", "3")), new Step(4, List.of("LuSolveBench")));
    }

    @Test
    void quotesKeepBlanksTogetherAndVanish() {
        Profile profile = Profile.parse("mine", "A -jvmArgs \"-Xmx1g -Xms1g\" -p 'target=/a b'/c -p x=\"\"");

        assertThat(profile.steps().get(0).arguments())
                .containsExactly("A", "-jvmArgs", "-Xmx1g -Xms1g", "-p", "target=/a b/c", "-p", "x=");
    }

    @Test
    void aHashInsideAWordIsPartOfIt() {
        assertThat(Profile.parse("mine", "A -p x=a#b").steps().get(0).arguments())
                .containsExactly("A", "-p", "x=a#b");
    }

    @Test
    void aQuoteThatIsNotClosedIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Profile.parse("mine", "A\nB \"c"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("not closed");
    }

    @Test
    void aProfileWithoutStepsIsRefused() {
        assertThatThrownBy(() -> Profile.parse("mine", "# nothing\n"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("at least one line");
    }
}
