package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.harness.AffinityProfiler.Placement;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import dev.tare.parts.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresProgram(value = "taskset", debianPackage = "util-linux")
final class AffinityProfilerTest {
    @TempDir
    Path machine;

    private static int first() {
        return new Topology(MachineFiles.ofThisMachine()).allowed().first();
    }

    @Test
    void forksAndWhatTheyStartAreBoundAsNamed() throws Exception {
        String list = first() + "-" + first();

        assertThat(new AffinityProfiler("fork=" + list + ";beside=" + first()).placement())
                .isEqualTo(Placement.of(list, "" + first()));
        assertThat(new AffinityProfiler(list).placement()).isEqualTo(Placement.of(list, ""));
        assertThat(Taskset.before(list)).containsExactly("taskset", "-c", list);
        assertThat(Taskset.before("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "fork=", "peer=0", "0;beside", "0 1", "-1", "0;0"})
    void otherFormsAreRefusedWithThoseThatAreValid(String options) {
        assertThatThrownBy(() -> new AffinityProfiler(options))
                .hasMessageContaining(
                        "expected apart, a list of processors such as 0-3,8, or fork=LIST;beside=LIST, got");
    }

    @Test
    void processorsThatThereAreNotAreRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> new AffinityProfiler("999999"))
                .hasMessageContaining("expected processors that this process may use, " + first())
                .hasMessageEndingWith("got \"999999\"");
    }

    @Test
    void apartLeavesTheLastCoreWithItsSiblingsToWhatIsBeside() throws IOException {
        assertThat(Placement.apart(machine("0-3", "0-3", 2))).isEqualTo(Placement.of("0,2", "1,3"));
        assertThat(Placement.apart(machine("0-3", "0-2", 2))).isEqualTo(Placement.of("1", "0,2"));
        assertThat(Placement.apart(machine("0-3", "1,3", 2)).words()).isEqualTo("any: one core");
    }

    /** Processors whose numbers differ by the number of cores are siblings. */
    private Topology machine(String online, String allowed, int cores) throws IOException {
        write(Topology.FOLDER + "/online", online);
        write("proc/self/status", "Cpus_allowed_list:\t" + allowed);
        for (int cpu : MachineFiles.numbersOf(online).orElseThrow()) {
            write(
                    Topology.FOLDER + "/cpu" + cpu + "/topology/core_cpus_list",
                    cpu % cores + "," + (cpu % cores + cores));
        }
        return new Topology(new MachineFiles(machine));
    }

    private void write(String file, String text) throws IOException {
        Path path = machine.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }
}
