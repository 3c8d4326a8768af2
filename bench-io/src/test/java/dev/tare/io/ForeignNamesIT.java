package dev.tare.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.LoopDevice;
import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of others in the kernel's tables, in Latin-1, UTF-8 and with blanks: they concern no benchmark, in no locale. */
@RequiresRoot
@RequiresProgram(value = "mount", debianPackage = "mount")
@RequiresProgram(value = "losetup", debianPackage = "mount")
final class ForeignNamesIT {
    private static final List<String> NAMES =
            List.of("Donn\\351es", "Donn\\303\\251es", "two words\\015", "\\377\\376");

    @TempDir
    Path temporary;

    private Path target;

    @BeforeEach
    void mountThem() throws Exception {
        target = Files.createDirectory(temporary.resolve("target"));
        for (String name : NAMES) {
            shell("name=\"" + place(name) + "\"; mkdir \"$name\" && mount -t tmpfs \"$name\" \"$name\"");
        }
    }

    @AfterEach
    void unmountThem() throws Exception {
        for (String name : NAMES) {
            shell("umount \"" + place(name) + "\"");
        }
    }

    /** In the words of a shell, in which a JVM of any locale can say it. */
    private String place(String name) {
        return temporary + "/$(printf '" + name + ".')";
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "tr_TR.UTF-8"})
    void aFolderIsMeasured(String locale) throws Exception {
        MeasuredRun outcome = MeasuredRun.under(
                environment(locale),
                FileBench.class,
                "mixed",
                Map.of("target", target.toString(), "sizeBytes", "1m", "queueDepth", "4"),
                temporary);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).containsPattern("(?m)^# fact target-kind: a file of ours");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "tr_TR.UTF-8"})
    void aDeviceIsWrittenAndVerified(String locale) throws Exception {
        Path image = temporary.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(8 << 20);
        }
        try (LoopDevice loop = LoopDevice.of(image)) {
            MeasuredRun outcome = MeasuredRun.under(
                    environment(locale),
                    FileBench.class,
                    "randomWrite",
                    Map.of("target", loop.path(), "sizeBytes", "8m", "overwrite", "true"),
                    temporary);

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
            assertThat(outcome.output()).containsPattern("(?m)^# fact device-holders: none");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "tr_TR.UTF-8"})
    void aLunIsMeasured(String locale) throws Exception {
        MeasuredRun outcome = MeasuredRun.under(
                environment(locale),
                IscsiBench.class,
                "mixed",
                Map.of("sizeBytes", "1m", "queueDepth", "4"),
                temporary);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    /** The locale's language is said apart: where its data are not installed, the C library falls back to that of C. */
    private static Map<String, String> environment(String locale) {
        Map<String, String> environment = new HashMap<>(Map.of("LC_ALL", locale, "LANG", locale));
        if (locale.startsWith("tr")) {
            environment.put("JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.country=TR");
        }
        return environment;
    }

    private static void shell(String command) throws Exception {
        try (RunningProgram running =
                RunningProgram.start(List.of(Programs.require("sh").toString(), "-c", command))) {
            assertThat(running.awaitExit(Duration.ofSeconds(60)))
                    .as(running.output())
                    .isZero();
        }
    }
}
