package dev.tare.machine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryTest {
    @TempDir
    Path proc;

    @Test
    void whatIsAvailableFits() throws IOException {
        Files.writeString(proc.resolve("meminfo"), "MemTotal:       2048 kB\nMemAvailable:   1024 kB\nBuffers: 7 kB\n");

        assertThat(new Memory(proc).fits(1 << 20)).isEqualTo("yes");
    }

    @Test
    void whatDoesNotFitSaysByHowMuch() throws IOException {
        Files.writeString(proc.resolve("meminfo"), "MemTotal:     16384 kB\nMemAvailable:   8192 kB\n");

        assertThat(new Memory(proc).fits(3L << 30))
                .isEqualTo("no: 3,072 MiB needed, 8 MiB available; this measures swapping");
    }

    @Test
    void aProcessCanObtainWhatIsAvailableAndTheSwapSpace() throws IOException {
        Files.writeString(
                proc.resolve("meminfo"), "MemAvailable:   8192 kB\nSwapTotal: 9 kB\nSwapFree:       4096 kB\n");

        assertThat(new Memory(proc).obtainableBytes()).hasValue(12L << 20);
    }

    @Test
    void hugePagesAreTheShareOfAllThatTheProcessHolds() throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/smaps_rollup"), """
                7f0000000000-7fff00000000 ---p 00000000 00:00 0    [rollup]
                Rss:              430000 kB
                Anonymous:        409600 kB
                AnonHugePages:    397312 kB
                """);

        assertThat(new Memory(proc).hugePages()).isEqualTo("388 of 400 MiB");
    }

    @Test
    void whatTheSystemDoesNotTellIsUnknown() {
        assertThat(new Memory(proc).fits(1)).isEqualTo("unknown");
        assertThat(new Memory(proc).hugePages()).isEqualTo("unknown");
        assertThat(new Memory(proc).obtainableBytes()).isEmpty();
    }
}
