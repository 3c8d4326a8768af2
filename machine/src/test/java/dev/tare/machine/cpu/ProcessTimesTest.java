package dev.tare.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessTimesTest {
    /** State to the number of children's page faults, which stand between the name and the times. */
    private static final String BEFORE = " S 1 70 70 0 -1 4194304 100 200 0 0 ";

    private static final String BEHIND = " 20 0 1 0 5000 1000000 250\n";

    @TempDir
    Path root;

    @Test
    void livingAndEndedChildrenAreAdded() throws IOException {
        CapturedTree tree = CapturedTree.empty(root)
                .file("proc/self/stat", "70 (java)" + BEFORE + "900 100 7 3" + BEHIND)
                .file("proc/71/stat", "71 (a (b) c)" + BEFORE + "20 5 1 4" + BEHIND);

        // own 123 ns; ended children of its own 7 + 3 ticks, the child 20 + 5 and its ended children 1 + 4
        assertThat(ProcessTimes.withChildrenNs(123, tree.files(), List.of(71L))).hasValue(123 + 40 * 10_000_000L);
    }

    @Test
    void childThatEndsBetweenTwoReadingsIsNotLost() throws IOException {
        CapturedTree before = CapturedTree.empty(root.resolve("before"))
                .file("proc/self/stat", "70 (java)" + BEFORE + "1 1 0 0" + BEHIND)
                .file("proc/71/stat", "71 (child)" + BEFORE + "20 5 0 0" + BEHIND);
        CapturedTree after = CapturedTree.empty(root.resolve("after"))
                .file("proc/self/stat", "70 (java)" + BEFORE + "1 1 60 15" + BEHIND);

        long usedNs = ProcessTimes.withChildrenNs(0, after.files(), List.of()).orElseThrow()
                - ProcessTimes.withChildrenNs(0, before.files(), List.of(71L)).orElseThrow();

        // The child had used 25 ticks, and 75 when it ended.
        assertThat(usedNs).isEqualTo(500_000_000);
    }

    @Test
    void whatTheSystemDoesNotTellIsUnknown() throws IOException {
        assertThat(ProcessTimes.withChildrenNs(5, CapturedTree.empty(root).files(), List.of()))
                .isEmpty();
        CapturedTree tree = CapturedTree.empty(root).file("proc/self/stat", "70 (java)" + BEFORE + "1 1 0 0" + BEHIND);
        assertThat(ProcessTimes.withChildrenNs(-1, tree.files(), List.of())).isEmpty();
    }

    @Test
    void anotherProcessCountsWithItsChildrenAndWithoutThisOne() throws IOException {
        CapturedTree tree = CapturedTree.empty(root)
                .file("proc/self/stat", "70 (java)" + BEFORE + "900 100 7 3" + BEHIND)
                .file("proc/80/stat", "80 (postgres)" + BEFORE + "10 2 30 4" + BEHIND)
                .file("proc/81/stat", "81 (postgres)" + BEFORE + "5 1 0 0" + BEHIND);

        assertThat(ProcessTimes.ofProcessNs(tree.files(), 80, List.of(81L, 82L)))
                .hasValue(52 * 10_000_000L);
        assertThat(ProcessTimes.ofProcessNs(tree.files(), 82, List.of())).isEmpty();
    }
}
