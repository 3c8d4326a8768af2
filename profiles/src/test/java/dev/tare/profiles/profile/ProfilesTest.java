package dev.tare.profiles.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "nightly", "paper"})
    void builtInProfilesHaveSteps(String name) {
        assertThat(Profiles.find(name).steps()).isNotEmpty();
    }

    @Test
    void aFileIsAProfileNamedAfterIt() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.profile"), "StreamBench\n");

        assertThat(Profiles.find(file.toString()).name()).isEqualTo("mine");
    }

    @Test
    void anUnknownNameIsWrongUsageAndTheNearestIsNamed() {
        assertThatThrownBy(() -> Profiles.find("nigthly"))
                .hasMessageContaining("did you mean nightly?")
                .asInstanceOf(InstanceOfAssertFactories.type(CommandException.class))
                .extracting(CommandException::exitCode)
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("broken.profile"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> Profiles.find(file.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("readable text file in UTF-8");
    }
}
