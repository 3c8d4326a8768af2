package dev.tare.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.io.profile.IoProfiler;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import dev.tare.parts.Tgt;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark as its users run it, with its embedded target and with tgt. */
final class IscsiBenchIT {
    private static final String EMBEDDED = "iscsi:embedded";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createDirectory(temporary.resolve("target"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequentialRead", "sequentialWrite", "randomRead", "randomWrite", "mixed"})
    void everyPatternRunsOnTheEmbeddedTarget(String pattern) throws Exception {
        MeasuredRun run = run(pattern, EMBEDDED, Map.of("queueDepth", "8"), "-t", "2");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.score("rateIOps")).isPositive();
        assertThat(run.score("bandwidthMBps")).isPositive();
        assertThat(run.output())
                .containsPattern("(?m)^# fact content: written by us and verified")
                .containsPattern("(?m)^# fact memory-bytes: \\d+")
                .containsPattern("(?m)^# fact may-have-been-cached: yes: the embedded target keeps its disk in memory");
    }

    @Test
    void theEmbeddedTargetCanKeepItsDiskInAFileWhichIsRemoved() throws Exception {
        MeasuredRun run = run("randomWrite", EMBEDDED + ":" + folder, Map.of());

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @RequiresProgram(value = "tgtd", debianPackage = "tgt")
    void aForeignLunIsOnlyReadUnlessOverwritingIsAllowed() throws Exception {
        Path image = folder.resolve("lun");
        try (Tgt tgt = Tgt.start().unit(1, image, 32 << 20)) {
            MeasuredRun reading = run("randomRead", tgt.url(1), Map.of());
            assertThat(reading.exitCode()).as(reading.output()).isZero();
            assertThat(reading.output()).containsPattern("(?m)^# fact content: not ours, not verified");

            MeasuredRun forbidden = run("randomWrite", tgt.url(1), Map.of());
            assertThat(forbidden.exitCode()).isNotZero();
            assertThat(forbidden.output()).contains("overwrite: expected true");
            assertThat(Files.readAllBytes(image)).containsOnly(0);

            MeasuredRun writing = run("randomWrite", tgt.url(1), Map.of("overwrite", "true"));
            assertThat(writing.exitCode()).as(writing.output()).isZero();
        }
    }

    @Test
    @RequiresProgram(value = "tgtd", debianPackage = "tgt")
    void whatIsDiscardedLeavesTheFileOfAThinUnit() throws Exception {
        Path image = folder.resolve("lun");
        Path log = temporary.resolve("ios.csv");
        try (Tgt tgt = Tgt.start().unit(1, image, 128 << 20)) {
            Map<String, String> parameters = Map.of("overwrite", "true", "sizeBytes", "128m", "log", log.toString());
            MeasuredRun fat = run("discard", tgt.url(1), parameters);
            assertThat(fat.exitCode()).isNotZero();
            assertThat(fat.output())
                    .contains("expected a unit that takes UNMAP of 4096 bytes, got one that takes none");

            tgt.thin(1);
            MeasuredRun thin = run("discard", tgt.url(1), parameters, "-prof", IoProfiler.class.getName());
            assertThat(thin.exitCode()).as(thin.output()).isZero();
            assertThat(thin.output()).contains("# fact discard: UNMAP of at most ");
            assertThat(thin.score("discardedAgainPercent")).isZero();
            // JMH may make a call behind the measured time, which the log does not have; and the file system needs
            // a page to list some hundred pieces.
            long discards = Files.readAllLines(log).size() - 1L;
            assertThat(discards).isPositive();
            assertThat((128L << 20) / 4096 - allocatedPages(image))
                    .isBetween(discards - discards / 100 - 2, discards + 2);
        }
    }

    private static long allocatedPages(Path file) throws Exception {
        try (RunningProgram stat = RunningProgram.start(List.of("stat", "-c", "%b", file.toString()))) {
            assertThat(stat.awaitExit(Duration.ofSeconds(10))).isZero();
            return Long.parseLong(stat.output().strip()) * 512 / 4096;
        }
    }

    @Test
    @RequiresProgram(value = "tgtd", debianPackage = "tgt")
    void aTargetThatAcceptsFewerCommandsThanWereToBeOutstandingIsTold() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun"), 32 << 20)) {
            // tgtd accepts 128 commands at once.
            MeasuredRun full = run("randomRead", tgt.url(1), Map.of("queueDepth", "256"));
            assertThat(full.exitCode()).as(full.output()).isZero();
            assertThat(full.output()).containsPattern("(?m)^# fact iscsi-command-window: full at times: ");

            MeasuredRun roomy = run("randomRead", tgt.url(1), Map.of("queueDepth", "32"));
            assertThat(roomy.exitCode()).as(roomy.output()).isZero();
            assertThat(roomy.output()).doesNotContain("iscsi-command-window");
        }
    }

    @Test
    @RequiresProgram(value = "tgtd", debianPackage = "tgt")
    void aLunWithALabelIsNotOverwrittenEvenWithLeave() throws Exception {
        Path image = folder.resolve("lun");
        try (Tgt tgt = Tgt.start().unit(1, image, 32 << 20)) {
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.seek(512);
                file.writeBytes("LABELONE");
            }
            byte[] before = Files.readAllBytes(image);

            MeasuredRun run = run("randomWrite", tgt.url(1), Map.of("overwrite", "true"));

            assertThat(run.exitCode()).isNotZero();
            assertThat(run.output()).contains("it carries an LVM volume");
            assertThat(Files.readAllBytes(image)).isEqualTo(before);
        }
    }

    private MeasuredRun run(String pattern, String target, Map<String, String> more, String... options)
            throws Exception {
        Map<String, String> parameters = new HashMap<>(Map.of("target", target, "sizeBytes", "16m"));
        parameters.putAll(more);
        return MeasuredRun.of(IscsiBench.class, pattern, parameters, temporary, options);
    }
}
