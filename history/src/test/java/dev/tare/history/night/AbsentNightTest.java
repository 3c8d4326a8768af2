package dev.tare.history.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AbsentNightTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("2026-03-01.absent.json"), text);
    }

    @Test
    void aFileTellsWhoDidNotMeasureWhenAndWhy() throws Exception {
        Path file = file("""
                {"schema":1,"host":"web3","started":"2026-03-01T02:00:00Z","reason":"exit code 3: no\\n  \\"clock\\""}
                """);

        assertThat(AbsentNight.isAt(file)).isTrue();
        assertThat(AbsentNight.isAt(folder)).isFalse();
        assertThat(AbsentNight.read(file))
                .isEqualTo(new AbsentNight("web3", Instant.parse("2026-03-01T02:00:00Z"), "exit code 3: no \"clock\""));
    }

    @Test
    void whatAFileLacksIsSaid() throws IOException {
        refuses("", "expected schema 1, got none");
        refuses("{", "expected JSON of a night without a run");
        refuses("{\"schema\":2}", "expected schema 1, got 2");
        refuses("{\"schema\":1}", "expected \"host\" of a night without a run, got nothing");
        refuses(
                "{\"schema\":1,\"host\":\"a\",\"started\":\"yesterday\",\"reason\":\"b\"}",
                "expected an instant such as 2026-03-01T02:00:00Z as \"started\", got yesterday");
    }

    private void refuses(String text, String message) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> AbsentNight.read(file))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }
}
