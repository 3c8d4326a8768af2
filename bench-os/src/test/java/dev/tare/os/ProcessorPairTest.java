package dev.tare.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessorPairTest {
    @TempDir
    Path machine;

    @Test
    void theSecondProcessorIsOfAnotherCore() throws IOException {
        assertThat(ProcessorPair.among(processors("0-3"))).hasValue(new ProcessorPair(0, 2, true));
        assertThat(ProcessorPair.among(processors("1-3"))).hasValue(new ProcessorPair(1, 2, true));
        assertThat(new ProcessorPair(1, 2, true)).hasToString("1 and 2");
    }

    @Test
    void whereThereIsOneCoreItsThreadsAreNamedSo() throws IOException {
        assertThat(ProcessorPair.among(processors("2,3"))).hasValue(new ProcessorPair(2, 3, false));
        assertThat(new ProcessorPair(2, 3, false)).hasToString("2 and 3, threads of one core");
    }

    @Test
    void oneProcessorIsTooFew() throws IOException {
        assertThat(ProcessorPair.among(processors("1"))).isEmpty();
    }

    /** Two cores of two threads each, 0 and 1, 2 and 3. */
    private Topology processors(String allowed) throws IOException {
        write(Topology.FOLDER + "/online", "0-3");
        write("proc/self/status", "Cpus_allowed_list:\t" + allowed);
        for (int cpu = 0; cpu < 4; cpu++) {
            int first = cpu / 2 * 2;
            write(Topology.FOLDER + "/cpu" + cpu + "/topology/core_cpus_list", first + "-" + (first + 1));
        }
        return new Topology(new MachineFiles(machine));
    }

    private void write(String file, String text) throws IOException {
        Path path = machine.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }
}
