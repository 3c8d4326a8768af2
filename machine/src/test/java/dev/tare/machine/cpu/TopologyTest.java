package dev.tare.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopologyTest {
    @TempDir
    Path root;

    private CapturedTree tree = CapturedTree.empty(Path.of("none"));

    @BeforeEach
    void begin() {
        tree = CapturedTree.empty(root);
    }

    @ParameterizedTest
    @CsvSource({"core_cpus_list, package_cpus_list", "thread_siblings_list, core_siblings_list"})
    void coresAndPackagesAreToldApartByTheirMembers(String ofCore, String ofPackage) throws IOException {
        for (int cpu = 0; cpu < 8; cpu++) {
            topology(cpu, ofCore, cpu % 4 + "," + (cpu % 4 + 4));
            topology(cpu, ofPackage, cpu % 4 < 2 ? "0-1,4-5" : "2-3,6-7");
        }

        assertThat(read().cores()).hasValue(4);
        assertThat(read().packages()).hasValue(2);
        assertThat(read().coresAmong(Set.of(0, 4, 1))).hasValue(2);
    }

    @Test
    void numbersOfCoresCountWithinTheirPackageAndDie() throws IOException {
        for (int cpu = 0; cpu < 8; cpu++) {
            topology(cpu, "physical_package_id", Integer.toString(cpu / 4));
            topology(cpu, "die_id", Integer.toString(cpu / 2 % 2));
            topology(cpu, "core_id", Integer.toString(cpu % 2));
        }

        assertThat(read().cores()).hasValue(8);
    }

    @Test
    void processorsThatAreOfflineAreNotSeen() throws IOException {
        for (int cpu = 0; cpu < 4; cpu++) {
            topology(cpu, "core_cpus_list", Integer.toString(cpu));
        }
        tree.file(Topology.FOLDER + "/cpu3/online", "0\n").file(Topology.FOLDER + "/cpufreq/boost", "1\n");

        assertThat(read().online()).containsExactly(0, 1, 2);

        tree.file(Topology.FOLDER + "/online", "0,2\n");

        assertThat(read().online()).containsExactly(0, 2);
        assertThat(read().cores()).hasValue(2);
    }

    @Test
    void processorsOutsideOfTheAffinityAreNotAllowed() throws IOException {
        tree.file(Topology.FOLDER + "/online", "0-7\n").file("proc/self/status", "Cpus_allowed_list:\t2-3,9\n");

        assertThat(read().allowed()).containsExactly(2, 3);
    }

    @Test
    void siblingsAreOfOneCoreAndAProcessorOfWhichNothingIsToldOfItsOwn() throws IOException {
        tree.file(Topology.FOLDER + "/online", "0-4\n");
        for (int cpu = 0; cpu < 4; cpu++) {
            topology(cpu, "core_cpus_list", cpu % 2 + "," + (cpu % 2 + 2));
        }

        assertThat(read().coreOf(3)).containsExactly(1, 3);
        assertThat(read().coreOf(0)).containsExactly(0, 2);
        assertThat(read().coreOf(4)).containsExactly(4);
    }

    @Test
    void whatTheKernelDoesNotTellIsUnknown() throws IOException {
        assertThat(read().online()).isEmpty();
        assertThat(read().cores()).isEmpty();
        assertThat(read().packages()).isEmpty();

        tree.file(Topology.FOLDER + "/online", "0-1\n");
        topology(0, "core_cpus_list", "0");

        assertThat(read().cores()).isEmpty();
    }

    private Topology read() {
        return new Topology(tree.files());
    }

    private void topology(int cpu, String name, String text) throws IOException {
        tree.file(Topology.FOLDER + "/cpu" + cpu + "/topology/" + name, text + "\n");
    }
}
