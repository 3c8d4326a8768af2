package dev.tare.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class ProgramsTest {
    @Test
    void anInstalledProgramIsFoundByItsName() {
        assertThat(Programs.find("sh"))
                .hasValueSatisfying(path -> assertThat(Files.isExecutable(path)).isTrue());
    }

    @Test
    void aProgramThatIsNotInstalledIsNamed() {
        assertThat(Programs.find("no-such-program")).isEmpty();
        assertThatThrownBy(() -> Programs.require("no-such-program")).hasMessageContaining("no-such-program");
    }
}
