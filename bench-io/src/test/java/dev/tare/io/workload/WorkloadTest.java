package dev.tare.io.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tare.io.blockstack.Leave;
import dev.tare.io.file.FileRequest;
import dev.tare.io.file.FileTarget;
import dev.tare.io.file.OpenMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkloadTest {
    @TempDir
    Path folder;

    @Test
    void responsesOfCallsThatTheScoreDoesNotCountCountNowhereAndTheLaterOnesCostTimeOfProcessors() throws Exception {
        AccessParameters parameters = new AccessParameters();
        parameters.blockBytes = "4k";
        parameters.queueDepth = 2;
        parameters.sizeBytes = "1m";
        FileRequest request =
                new FileRequest(folder.toString(), OpenMode.DIRECT, Leave.NONE, "none", "auto", 1 << 20, 2, true);
        try (FileTarget target = FileTarget.open(request);
                Workload workload =
                        Workload.open(target.device(), parameters, parameters.spec(50, 100), true, ThreadPart.WHOLE)) {
            workload.beginIteration(true);
            steps(workload, 3, false);
            steps(workload, 5, true);
            steps(workload, 2, false);

            assertThat(workload.completed()).isEqualTo(7);
            assertThat(workload.recorded()).isEqualTo(5);
        }
    }

    @Test
    void blocksOfMixedSizesAreWrittenReadAndVerified() throws Exception {
        AccessParameters parameters = new AccessParameters();
        parameters.blockBytes = "4k/40:12k/30:160k/30";
        parameters.queueDepth = 4;
        parameters.sizeBytes = "4m";
        parameters.access = "zipf:0.9";
        FileRequest request =
                new FileRequest(folder.toString(), OpenMode.DIRECT, Leave.NONE, "none", "auto", 4 << 20, 4, true);
        // Closing it checks every byte.
        try (FileTarget target = FileTarget.open(request);
                Workload workload =
                        Workload.open(target.device(), parameters, parameters.spec(50, 80), true, ThreadPart.WHOLE)) {
            workload.beginIteration(true);
            steps(workload, 3000, true);

            assertThat(workload.coveredShare()).isGreaterThan(0.9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fill", "random"})
    void aFileThatMayNotBeWrittenIsNotPreconditioned(String precondition) throws Exception {
        AccessParameters parameters = new AccessParameters();
        parameters.blockBytes = "4k";
        parameters.sizeBytes = "64k";
        parameters.precondition = precondition;
        byte[] content = new byte[64 << 10];
        new Random(7).nextBytes(content);
        Path file = Files.write(folder.resolve("precious"), content);
        FileRequest request =
                new FileRequest(file.toString(), OpenMode.DIRECT, Leave.NONE, "none", "auto", 64 << 10, 1, false);
        try (FileTarget target = FileTarget.open(request)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Workload.open(
                            target.device(), parameters, parameters.spec(100, 100), false, ThreadPart.WHOLE))
                    .withMessage("precondition: expected none for a target that may not be written, got " + precondition
                            + "; overwrite=true gives leave if all that it contains may be lost");
        }

        assertThat(file).hasBinaryContent(content);
    }

    private static void steps(Workload workload, int count, boolean measured) throws Exception {
        for (int i = 0; i < count; i++) {
            workload.step(measured);
        }
    }
}
