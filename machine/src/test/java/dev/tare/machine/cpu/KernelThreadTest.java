package dev.tare.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import dev.tare.machine.MachineFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelThreadTest {
    /** A worker of JMH on processor 4, whose 32 faults are not its 33 children's. */
    private static final String WORKER =
            "31526 (dev.tare.harnes) R 31507 31507 456 0 -1 4194368 32 33 0 0 0 0 0 0 20 0 15 0"
                    + " 1431893 8868839424 23670 18446744073709551615 94641225977856 94641225978741 140721133562208 0 0 0 4 0 16800975 0"
                    + " 0 0 -1 4 0 0 0 0 0 94641225989440 94641225990168 94642159845376 140721133566570 140721133566638 140721133566638"
                    + " 140721133567948 0\n";

    private static final String STATUS = """
            Name:\tjava
            Cpus_allowed:\tff
            Cpus_allowed_list:\t0-3,8
            voluntary_ctxt_switches:\t17
            nonvoluntary_ctxt_switches:\t5
            """;

    @TempDir
    Path root;

    @Test
    void nameProcessorAndFaultsAreReadFromTheirColumns() throws IOException {
        MachineFiles files = CapturedTree.empty(root)
                .file("proc/self/task/31526/stat", WORKER)
                .files();

        assertThat(KernelThread.ofThisProcess(files, 10))
                .containsExactly(new KernelThread(31526, "dev.tare.harnes", 4, 32));
    }

    @Test
    void aNameMayHaveParenthesesAndBlanks() throws IOException {
        MachineFiles files = CapturedTree.empty(root)
                .file("proc/self/task/9/stat", WORKER.replace("(dev.tare.harnes)", "(a) R (b 1)"))
                .files();

        assertThat(KernelThread.ofThisProcess(files, 10))
                .extracting(KernelThread::name)
                .containsExactly("a) R (b 1");
    }

    @Test
    void theOldestThreadsComeFirstAndNoMoreThanAreWanted() throws IOException {
        CapturedTree tree = CapturedTree.empty(root);
        for (int id : new int[] {1000, 999, 31526}) {
            tree.file("proc/self/task/" + id + "/stat", WORKER.replace("31526", Integer.toString(id)));
        }
        // One that has ended meanwhile, and one of a kernel that tells less.
        tree.file("proc/self/task/5/comm", "gone").file("proc/self/task/6/stat", "6 (short) R 1 2");

        assertThat(KernelThread.ofThisProcess(tree.files(), 4))
                .extracting(KernelThread::id)
                .isEqualTo(List.of(999L, 1000L));
        assertThat(KernelThread.ofThisProcess(tree.files(), 10)).hasSize(3);
    }

    @Test
    void aLongNameIsKnownByItsBeginning() {
        KernelThread worker = new KernelThread(1, "dev.tare.harnes", 0, 0);

        assertThat(worker.nameBegins("dev.tare.harness.BusyBench.one-jmh-worker-"))
                .isTrue();
        assertThat(worker.nameBegins("dev.tare.h")).isTrue();
        assertThat(worker.nameBegins("dev.tare.net.SocketBench.send-jmh-worker-"))
                .isFalse();
    }

    @Test
    void bothKindsOfContextSwitchesCountAndAllowedProcessorsAreAList() throws IOException {
        MachineFiles files = CapturedTree.empty(root)
                .file("proc/self/task/7/status", STATUS)
                .file("proc/self/task/8/status", "Name:\tjava\n")
                .files();

        assertThat(KernelThread.contextSwitches(files, 7)).hasValue(22);
        assertThat(KernelThread.contextSwitches(files, 8)).isEmpty();
        assertThat(KernelThread.allowed(files, 7)).hasValue("0-3,8");
        assertThat(KernelThread.allowed(files, 9)).isEmpty();
    }
}
