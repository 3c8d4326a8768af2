package dev.tare.io.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.IscsiBench;
import dev.tare.parts.RequiresProgram;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The benchmark through JMH, with its embedded target and with tgt. */
class IscsiBenchIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sequentialRead", "sequentialWrite", "randomRead", "randomWrite", "mixed"})
    void everyPatternRunsOnTheEmbeddedTarget(String pattern) throws Exception {
        Collection<RunResult> results =
                run(options(pattern).param("queueDepth", "8").threads(2));
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.getPrimaryResult().getScore()).isPositive();
            assertThat(result.getSecondaryResults())
                    .hasEntrySatisfying(
                            "bandwidthMBps", rate -> assertThat(rate.getScore()).isPositive());
        });
    }

    @Test
    void theEmbeddedTargetCanKeepItsDiskInAFileWhichIsRemoved() throws Exception {
        Collection<RunResult> results = run(options("randomWrite").param("target", "iscsi:embedded:" + folder));
        assertThat(results).hasSize(1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @RequiresProgram(value = "tgtd", debianPackage = "tgt")
    void aForeignLunIsOnlyReadUnlessOverwritingIsAllowed() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun"), 32 << 20)) {
            assertThat(run(options("randomRead").param("target", tgt.url(1)))).hasSize(1);
            assertThatThrownBy(() -> run(options("randomWrite").param("target", tgt.url(1))))
                    .isInstanceOf(RunnerException.class);
            assertThat(Files.readAllBytes(folder.resolve("lun"))).containsOnly(0);
            assertThat(run(options("randomWrite").param("target", tgt.url(1)).param("overwrite", "true")))
                    .hasSize(1);
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
            ChainedOptionsBuilder overwriting =
                    options("randomWrite").param("target", tgt.url(1)).param("overwrite", "true");
            assertThatThrownBy(() -> run(overwriting)).isInstanceOf(RunnerException.class);
            assertThat(Files.readAllBytes(image)).isEqualTo(before);
        }
    }

    private static ChainedOptionsBuilder options(String pattern) {
        return new OptionsBuilder()
                .include(IscsiBench.class.getName() + "." + pattern + "$")
                .param("sizeBytes", "16m")
                .forks(1)
                .warmupIterations(0)
                .measurementIterations(2)
                .measurementTime(TimeValue.milliseconds(200))
                .shouldFailOnError(true);
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        // Nothing is timed here, so another JMH may run on this machine.
        System.setProperty("jmh.ignoreLock", "true");
        return new Runner(options.build()).run();
    }
}
