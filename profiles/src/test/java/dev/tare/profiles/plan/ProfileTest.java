package dev.tare.profiles.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfileTest {
    @Test
    void everyLineIsAStepAndCommentsAndEmptyLinesAreNone() {
        Profile profile = Profile.parse("mine", "# all of it\n\nStreamBench -f 3   # three forks\n  LuSolveBench\n");

        assertThat(profile.steps())
                .containsExactly(
                        new Profile.Step(3, List.of("StreamBench", "-f", "3")),
                        new Profile.Step(4, List.of("LuSolveBench")));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF# mine\nStreamBench -f 3\n",
                "\uFEFFStreamBench -f 3",
                "StreamBench -f 3\r\n",
                "# mine\r\n\r\nStreamBench -f 3\r\n",
                "# mine\rStreamBench -f 3\r",
                "\tStreamBench\t-f\t3\t \n",
                "StreamBench -f 3   \t",
                "StreamBench\u00A0-f 3",
                "StreamBench -f 3\n\n \t\r\n",
            })
    void whatEditorsWriteAroundALineIsNoPartOfIt(String text) {
        assertThat(Profile.parse("mine", text).steps())
                .extracting(Profile.Step::arguments)
                .containsExactly(List.of("StreamBench", "-f", "3"));
    }

    @Test
    void aProfileWithoutStepsIsRefused() {
        assertThatThrownBy(() -> Profile.parse("mine", "# nothing\n"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("at least one line");
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "application", "nightly", "paper"})
    void builtInProfilesHaveSteps(String name) {
        assertThat(Profile.find(name).steps()).isNotEmpty();
    }

    @Test
    void aFileIsAProfileNamedAfterIt() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.profile"), "StreamBench\n");

        assertThat(Profile.find(file.toString()).name()).isEqualTo("mine");
    }

    @Test
    void anUnknownNameIsWrongUsageAndTheNearestIsNamed() {
        assertThatThrownBy(() -> Profile.find("nigthly"))
                .hasMessageContaining("did you mean nightly?")
                .asInstanceOf(InstanceOfAssertFactories.type(CommandException.class))
                .extracting(CommandException::exitCode)
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("broken.profile"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> Profile.find(file.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("readable text file in UTF-8");
    }
}
