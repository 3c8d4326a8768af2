package dev.tare.io.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.io.pattern.Region;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThreadPartTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "3, 2", "5, 3", "4, 4"})
    void threadsOfATargetHaveAllOfItInEqualSlices(int threads, int targets) {
        Region workingSet = new Region(0, 4096 * 60);
        List<List<Region>> slices = new ArrayList<>();
        for (int target = 0; target < targets; target++) {
            slices.add(new ArrayList<>());
        }
        for (int thread = 0; thread < threads; thread++) {
            ThreadPart part = new ThreadPart(thread, threads, targets);
            slices.get(part.target()).add(part.slice(workingSet, 4096));
        }

        assertThat(slices).allSatisfy(ofTarget -> {
            assertThat(ofTarget.get(0).startBytes()).isZero();
            assertThat(ofTarget.get(ofTarget.size() - 1).endBytes()).isEqualTo(workingSet.endBytes());
            assertThat(ofTarget.stream().mapToLong(Region::sizeBytes).sum()).isEqualTo(workingSet.sizeBytes());
        });
    }
}
