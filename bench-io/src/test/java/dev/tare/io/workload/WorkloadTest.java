package dev.tare.io.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.io.blockstack.Leave;
import dev.tare.io.file.FileRequest;
import dev.tare.io.file.FileTarget;
import dev.tare.io.file.OpenMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static void steps(Workload workload, int count, boolean measured) throws Exception {
        for (int i = 0; i < count; i++) {
            workload.step(measured);
        }
    }
}
