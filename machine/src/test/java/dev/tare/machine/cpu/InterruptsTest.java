package dev.tare.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InterruptsTest {
    @TempDir
    Path root;

    @Test
    void shootdownsOfAllProcessorsAreAdded() throws IOException {
        CapturedTree tree = CapturedTree.empty(root).file("proc/interrupts", """
                                   CPU0       CPU1
                         41:       5559          0 PCI-MSIX-0000:00:04.0   1-edge      virtio3-rx
                        CAL:    3572233    3795572   Function call interrupts
                        TLB:     122453     117544   TLB shootdowns
                        TRM:          0          0   Thermal event interrupts
                        """);

        assertThat(Interrupts.tlbShootdowns(tree.files())).hasValue(122_453 + 117_544);
    }

    @Test
    void whereNobodyCountsThemTheyAreUnknown() throws IOException {
        CapturedTree tree = CapturedTree.empty(root)
                .file("proc/interrupts", "           CPU0\nIPI0:      4242   Rescheduling interrupts\n");

        assertThat(Interrupts.tlbShootdowns(tree.files())).isEmpty();
        assertThat(Interrupts.tlbShootdowns(
                        CapturedTree.empty(root.resolve("none")).files()))
                .isEmpty();
    }
}
