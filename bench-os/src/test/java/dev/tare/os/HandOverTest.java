package dev.tare.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.harness.BoundThread;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.KernelThread;
import dev.tare.machine.cpu.Topology;
import dev.tare.os.HandOver.Waiting;
import dev.tare.parts.RequiresProgram;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real threads on a real processor. */
@RequiresProgram(value = "taskset", debianPackage = "util-linux")
final class HandOverTest {
    private final MachineFiles files = MachineFiles.ofThisMachine();
    private final int processor = new Topology(files).allowed().first();

    @Test
    void aThreadRunsWhereItIsBoundAndIsLetGoAgain() throws IOException {
        long self = KernelThread.current().orElseThrow().id();
        Optional<String> before = KernelThread.allowed(files, self);
        try (BoundThread bound = BoundThread.here(processor)) {
            assertThat(KernelThread.allowed(files, self)).hasValue(Integer.toString(processor));
            assertThat(KernelThread.current().orElseThrow().processor()).isEqualTo(processor);
            bound.check();
        }
        assertThat(KernelThread.allowed(files, self)).isEqualTo(before);
    }

    @Test
    void onOneProcessorTheKernelSwitchesAtEveryHandOver() throws Exception {
        try (HandOver threads = new HandOver(processor, processor, Waiting.PARKED)) {
            for (int i = 0; i < 1000; i++) {
                threads.roundTrip();
            }
            // Fails where it did not.
            threads.check(true);
        }
    }

    @Test
    void handOversThatTheKernelDidNotSwitchAreNoContextSwitches() throws Exception {
        int other = new Topology(files).allowed().last();
        try (HandOver threads = new HandOver(processor, other, Waiting.SPINNING)) {
            for (int i = 0; i < 1000; i++) {
                threads.roundTrip();
            }
            if (other != processor) {
                assertThatThrownBy(() -> threads.check(true))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("expected one for each of 2000 hand-overs on one processor");
            }
            threads.check(false);
        }
    }

    @Test
    void aProcessorThatThereIsNotIsRefusedWithTheReasonAndLeavesNoPartner() {
        assertThatThrownBy(() -> new HandOver(processor, 999_999, Waiting.PARKED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("taskset -c -p 999999");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("hand-over partner") && thread.isAlive())
                .isEmpty();
    }
}
