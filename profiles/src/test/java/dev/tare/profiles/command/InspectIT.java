package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectIT {
    @TempDir
    Path folder;

    private BenchmarksJar jar = new BenchmarksJar(Path.of("none"));

    @BeforeEach
    void begin() {
        jar = new BenchmarksJar(folder);
    }

    @Test
    @RequiresProgram(value = "tar", debianPackage = "tar")
    void aCaptureOfThisMachineIsReadBackTheSame() throws Exception {
        jar.run("inspect", "--capture", "machine.tar").exits(0).prints("machine.tar");
        Files.createDirectory(folder.resolve("machine"));
        try (RunningProgram tar = RunningProgram.start(List.of(
                "tar",
                "-xf",
                folder.resolve("machine.tar").toString(),
                "-C",
                folder.resolve("machine").toString()))) {
            assertThat(tar.awaitExit(Duration.ofSeconds(30))).isZero();
        }

        String here = jar.run("inspect").exits(0).output();
        String there = jar.run("inspect", "--root", "machine").exits(0).output();

        assertThat(virtualization(there)).isNotEmpty().isEqualTo(virtualization(here));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("machine/proc"));
        Files.writeString(folder.resolve("old.tar"), "");

        jar.run("inspect", "--seconds", "5").exits(2).prints("--clock HOST:PORT");
        jar.run("inspect", "--clock", "127.0.0.1:9", "--seconds", "1")
                .exits(2)
                .prints("--seconds: expected at least 2, got 1");
        jar.run("inspect", "--root", "machine", "--clock", "127.0.0.1:9")
                .exits(2)
                .prints("--root");
        jar.run("inspect", "--root", "absent").exits(3).prints("--root").prints("absent");
        jar.run("inspect", "--capture", "old.tar").exits(3).prints("which exists");
        jar.run("inspect", "--capture", "absent/new.tar").exits(3).prints("absent/new.tar");
    }

    private static List<String> virtualization(String printed) {
        return printed.lines()
                .dropWhile(line -> !line.equals("virtualization"))
                .skip(1)
                .takeWhile(line -> line.startsWith(" "))
                .toList();
    }
}
