package dev.tare.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineFilesTest {
    @TempDir
    Path root;

    @Test
    void linksOfACaptureAreFollowedAsIfTheyWereThere() throws IOException {
        MachineFiles files = CapturedTree.empty(root)
                .file("sys/devices/pci0/0000:00:05.0/virtio1/uevent", "DRIVER=virtio_blk\n")
                .file("links.txt", """
                        sys/block/vda -> ../devices/pci0/0000:00:05.0/virtio1/block/vda
                        sys/devices/pci0/0000:00:05.0/virtio1/block/vda/device -> ../../../virtio1
                        sys/devices/pci0/0000:00:05.0/driver -> ../../../bus/pci/drivers/virtio-pci
                        """)
                .files();

        assertThat(files.names("sys/block")).containsExactly("vda");
        assertThat(files.text("sys/block/vda/device/uevent")).hasValue("DRIVER=virtio_blk");
        assertThat(files.resolved("sys/block/vda/device")).hasValue("sys/devices/pci0/0000:00:05.0/virtio1");
        assertThat(files.linkName("sys/devices/pci0/0000:00:05.0/driver")).hasValue("virtio-pci");
        assertThat(files.exists("sys/block/vda")).isTrue();
        assertThat(files.exists("sys/block/vdb")).isFalse();
    }

    @Test
    void noLinkLeadsOutOfACapture() throws IOException {
        MachineFiles files = CapturedTree.empty(root)
                .file("etc/hostname", "captured\n")
                .link("absolute", "/etc/hostname")
                .link("upwards", "../../../../../../../../etc/hostname")
                .files();

        assertThat(files.text("absolute")).hasValue("captured");
        assertThat(files.text("upwards")).hasValue("captured");
    }

    @Test
    void linksInACircleLeadNowhere() throws IOException {
        MachineFiles files =
                CapturedTree.empty(root).file("links.txt", "a -> b\nb -> a\n").files();

        assertThat(files.text("a/c")).isEmpty();
        assertThat(files.resolved("a")).isEmpty();
    }
}
