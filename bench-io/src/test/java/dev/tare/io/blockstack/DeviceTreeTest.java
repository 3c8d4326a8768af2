package dev.tare.io.blockstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.KernelPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees as kernels show them: {@code dev/block} links into {@code devices}, where the disks are. */
final class DeviceTreeTest {
    @TempDir
    Path root;

    private Path sys;
    private Path proc;
    private final Map<Path, DeviceTree.DeviceNumber> holding = new HashMap<>();
    private final Map<Path, DeviceTree.DeviceNumber> nodes = new HashMap<>();
    private DeviceTree tree;

    @BeforeEach
    void emptySystem() throws Exception {
        sys = root.toRealPath().resolve("sys");
        proc = root.toRealPath().resolve("proc");
        Files.createDirectories(sys.resolve("dev/block"));
        write(proc.resolve("self/mountinfo"), "");
        tree = new DeviceTree(sys, proc, new DeviceTree.Numbers() {
            @Override
            public DeviceTree.DeviceNumber holding(Path file) throws IOException {
                return known(holding, file);
            }

            @Override
            public DeviceTree.DeviceNumber of(Path node) throws IOException {
                return known(nodes, node);
            }
        });
    }

    @Test
    void aFileOnAPartitionOfASataDiskHasItsFacts() throws Exception {
        Path sda = disk("pci0000:00/0000:00:1f.2/ata3/host2/target2:0:0/2:0:0:0/block/sda", "8:0");
        write(sda.resolve("queue/scheduler"), "none [mq-deadline] kyber\n");
        write(sda.resolve("queue/write_cache"), "write back\n");
        write(sda.resolve("queue/rotational"), "0\n");
        write(sda.resolve("device/model"), "Samsung SSD 870 \n");
        write(sys.resolve("class/ata_link/link3/sata_spd"), "6.0 Gbps\n");
        partition(sda, "sda1", "8:1");
        Path file = mounted("8:1", "ext4", "/dev/sda1");

        BlockStack stack = tree.ofFile(file);

        assertThat(stack.path()).containsExactly("sda1", "sda");
        assertThat(stack.isIscsi()).isFalse();
        assertThat(stack.linkBytesPerS()).isEqualTo(OptionalLong.of(600_000_000));
        assertThat(stack.facts())
                .containsEntry("file-system", "ext4")
                .containsEntry("device-path", "sda1 <- sda")
                .containsEntry("device-scheduler", "mq-deadline")
                .containsEntry("device-write-cache", "write back")
                .containsEntry("device-model", "Samsung SSD 870")
                .containsEntry("device-transport", "ata")
                .containsEntry("device-driver", "unknown");
    }

    @Test
    void linesWithForeignNamesAreReadByteByByte() throws Exception {
        Path sda = disk("pci0000:00/0000:00:1f.2/ata3/host2/target2:0:0/2:0:0:0/block/sda", "8:0");
        partition(sda, "sda1", "8:1");
        Path file = mounted("8:1", "ext4", "/dev/sda1");
        Path table = proc.resolve("self/mountinfo");
        byte[] foreign = """
                40 20 0:50 / /mnt/Donn\u00e9es rw - tmpfs Donn\u00e9es rw
                41 20 0:51 / /mnt/a\\040b\\011c\rd rw - overlay overlay rw,upperdir=/up\\054\u00ff/x
                42 20 0:52 / /mnt/\u00c3\u00a9 rw - ext4 /dev/mapper/\u00fc\\134 rw
                no mount \u0080
                """.getBytes(StandardCharsets.ISO_8859_1);
        Files.write(table, foreign, StandardOpenOption.APPEND);
        write(proc.resolve("swaps"), "Filename\tType\n");
        Files.write(
                proc.resolve("swaps"),
                "/swap\\040\u00e9 file 1000\n".getBytes(StandardCharsets.ISO_8859_1),
                StandardOpenOption.APPEND);

        assertThat(tree.ofFile(file).path()).containsExactly("sda1", "sda");
        List<Mount> mounts = tree.mounts();
        assertThat(mounts).hasSize(4);
        assertThat(KernelPath.bytes(mounts.get(1).point()))
                .isEqualTo("/mnt/Donn\u00e9es".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(mounts.get(1).sourcePath()).isEmpty();
        assertThat(KernelPath.bytes(mounts.get(2).point()))
                .isEqualTo("/mnt/a b\tc\rd".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(mounts.get(2).option("upperdir")).contains("/up,\u00ff/x");
        assertThat(KernelPath.bytes(mounts.get(3).sourcePath().orElseThrow()))
                .isEqualTo("/dev/mapper/\u00fc\\".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(KernelPath.bytes(tree.swaps().get(0)))
                .isEqualTo("/swap \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aDiskOfTheKernelsInitiatorIsRecognizedWithTargetAndPortal() throws Exception {
        iscsiDisk(1, "sdb", "8:16");
        Path file = mounted("8:16", "xfs", "/dev/sdb");

        BlockStack stack = tree.ofFile(file);

        assertThat(stack.isIscsi()).isTrue();
        assertThat(stack.facts())
                .containsEntry("iscsi-target", "iqn.2010-06.org.example:disk1")
                .containsEntry("iscsi-portal", "10.0.0.1:3260")
                .containsEntry("device-transport", "iscsi");
    }

    @Test
    void aLoopOnExt4OnLvmOnMultipathOnTwoSessionsIsIscsi() throws Exception {
        Path sdb = iscsiDisk(1, "sdb", "8:16");
        Path sdc = iscsiDisk(2, "sdc", "8:32");
        Path multipath = disk("virtual/block/dm-0", "254:0");
        slave(multipath, sdb);
        slave(multipath, sdc);
        Path volume = disk("virtual/block/dm-1", "254:1");
        slave(volume, multipath);
        Path image = mounted("254:1", "ext4", "/dev/mapper/vg-lv");
        Path loop = disk("virtual/block/loop0", "7:0");
        write(loop.resolve("loop/backing_file"), image + "\n");
        write(loop.resolve("loop/dio"), "1\n");
        Path node = node("loop0", "7:0");

        BlockStack stack = tree.ofDevice(node);

        assertThat(stack.path()).containsExactly("loop0", "dm-1", "dm-0", "sdb", "sdc");
        assertThat(stack.isIscsi()).isTrue();
        assertThat(stack.hiddenCaches()).isEmpty();
        assertThat(stack.facts())
                .containsEntry("iscsi-target", "iqn.2010-06.org.example:disk1, iqn.2010-06.org.example:disk2")
                .containsEntry("iscsi-portal", "10.0.0.1:3260, 10.0.0.2:3260");
    }

    @Test
    void oneLocalDiskAmongThePhysicalDevicesIsEnoughNotToBeIscsi() throws Exception {
        Path raid = disk("virtual/block/md0", "9:0");
        slave(raid, iscsiDisk(1, "sdb", "8:16"));
        slave(raid, disk("pci0000:00/0000:00:02.0/virtio1/block/vda", "252:0"));

        BlockStack stack = tree.ofDevice(node("md0", "9:0"));

        assertThat(stack.devices()).hasSize(2);
        assertThat(stack.isIscsi()).isFalse();
        assertThat(stack.facts()).containsEntry("device-transport", "iscsi, virtio");
    }

    @Test
    void aLoopWithoutDirectIoHidesACache() throws Exception {
        disk("pci0000:00/0000:00:02.0/virtio1/block/vda", "252:0");
        Path image = mounted("252:0", "ext4", "/dev/vda");
        Path loop = disk("virtual/block/loop3", "7:3");
        write(loop.resolve("loop/backing_file"), image + "\n");
        write(loop.resolve("loop/dio"), "0\n");

        assertThat(tree.ofDevice(node("loop3", "7:3")).hiddenCaches()).containsExactly("page cache below loop3");
    }

    @Test
    void aBtrfsLeadsToAllItsDevices() throws Exception {
        Path vda = disk("pci0000:00/0000:00:02.0/virtio1/block/vda", "252:0");
        Path vdb = disk("pci0000:00/0000:00:03.0/virtio2/block/vdb", "252:16");
        Path members = Files.createDirectories(sys.resolve("fs/btrfs/0d6c-77/devices"));
        Files.createSymbolicLink(members.resolve("vda"), vda);
        Files.createSymbolicLink(members.resolve("vdb"), vdb);
        Path file = mounted("0:42", "btrfs", node("vda", "252:0").toString());

        BlockStack stack = tree.ofFile(file);

        assertThat(stack.path()).containsExactlyInAnyOrder("vda", "vdb");
        assertThat(stack.fileSystem()).isEqualTo("btrfs");
    }

    @Test
    void anOverlayLeadsToTheFileSystemOfItsUpperFolder() throws Exception {
        disk("pci0000:00/0000:00:02.0/virtio1/block/vda", "252:0");
        Path upper = mounted("252:0", "ext4", "/dev/vda");
        Path file = write(root.toRealPath().resolve("merged/file"), "");
        holding.put(file, number("0:50"));
        mount(
                "0:50",
                file.resolveSibling(""),
                "overlay",
                "overlay",
                "rw,lowerdir=/lower,upperdir=" + upper + ",workdir=/w");

        BlockStack stack = tree.ofFile(file);

        assertThat(stack.fileSystem()).isEqualTo("overlay");
        assertThat(stack.path()).containsExactly("overlay", "vda");
    }

    @Test
    void memoryHasNoDevice() throws Exception {
        BlockStack stack = tree.ofFile(mounted("0:30", "tmpfs", "tmpfs"));

        assertThat(stack.inMemory()).isTrue();
        assertThat(stack.devices()).isEmpty();
        assertThat(stack.isIscsi()).isFalse();
        assertThat(stack.facts()).containsEntry("device-path", "unknown");
    }

    @Test
    void theNarrowestPciExpressLinkAboveAnNvmeBoundsIt() throws Exception {
        Path nvme = disk("pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1", "259:0");
        Path card = sys.resolve("devices/pci0000:00/0000:01:00.0");
        write(card.resolve("current_link_speed"), "8.0 GT/s PCIe\n");
        write(card.resolve("current_link_width"), "4\n");

        // 8 GT/s x 128/130 x 4 lanes / 8 bits = 3.938 GB/s
        assertThat(tree.ofDevice(node(String.valueOf(nvme.getFileName()), "259:0"))
                        .linkBytesPerS())
                .isEqualTo(OptionalLong.of(3_938_461_538L));
    }

    @Test
    void everyUseOfADeviceIsListed() throws Exception {
        Path sda = disk("pci0000:00/0000:00:1f.2/ata3/host2/target2:0:0/2:0:0:0/block/sda", "8:0");
        write(sda.resolve("dev"), "8:0\n");
        write(sda.resolve("ro"), "1\n");
        partition(sda, "sda1", "8:1");
        Path volume = disk("virtual/block/dm-1", "254:1");
        Files.createDirectories(sda.resolve("holders"));
        Files.createSymbolicLink(sda.resolve("holders/dm-1"), volume);
        Path node = node("sda", "8:0");
        mount("8:0", Path.of("/mnt/my data"), "ext4", node.toString(), "rw");
        write(proc.resolve("swaps"), "Filename\tType\tSize\n" + node + "  partition\t1000\n");

        List<String> uses = new DeviceUse(tree).of(node);

        assertThat(uses)
                .containsExactly(
                        "it is read-only",
                        "it has partitions: sda1",
                        "devices are built on it: dm-1",
                        "it is mounted at /mnt/my data",
                        "it is swap space");
    }

    @Test
    void largeDeviceNumbersAreSplitAsTheKernelDoes() {
        // makedev(0x12345, 0x6789a) of glibc
        assertThat(DeviceTree.DeviceNumber.decode(0x1_2000_6783_459aL))
                .isEqualTo(new DeviceTree.DeviceNumber(0x12345, 0x6789a));
        assertThat(DeviceTree.DeviceNumber.decode(0xfe01)).isEqualTo(new DeviceTree.DeviceNumber(254, 1));
    }

    private Path iscsiDisk(int session, String name, String number) throws IOException {
        Path disk = disk(
                "platform/host" + session + "/session" + session + "/target" + session + ":0:0/" + session
                        + ":0:0:1/block/" + name,
                number);
        write(
                sys.resolve("class/iscsi_session/session" + session + "/targetname"),
                "iqn.2010-06.org.example:disk" + session + "\n");
        Path connection = sys.resolve("class/iscsi_connection/connection" + session + ":0");
        write(connection.resolve("persistent_address"), "10.0.0." + session + "\n");
        write(connection.resolve("persistent_port"), "3260\n");
        return disk;
    }

    private Path disk(String place, String number) throws IOException {
        Path folder = Files.createDirectories(sys.resolve("devices").resolve(place));
        Files.createSymbolicLink(sys.resolve("dev/block").resolve(number), folder);
        return folder;
    }

    private void partition(Path disk, String name, String number) throws IOException {
        Path folder = Files.createDirectory(disk.resolve(name));
        write(folder.resolve("partition"), "1\n");
        Files.createSymbolicLink(sys.resolve("dev/block").resolve(number), folder);
    }

    private static void slave(Path of, Path slave) throws IOException {
        Path slaves = Files.createDirectories(of.resolve("slaves"));
        Files.createSymbolicLink(slaves.resolve(slave.getFileName()), slave);
    }

    private Path node(String name, String number) throws IOException {
        Path node = write(root.toRealPath().resolve("dev").resolve(name), "");
        nodes.put(node, number(number));
        return node;
    }

    private Path mounted(String number, String type, String source) throws IOException {
        Path file = write(root.toRealPath().resolve("mnt-" + type + "/image"), "");
        holding.put(file, number(number));
        mount(number, file.resolveSibling(""), type, source, "rw");
        return file;
    }

    private void mount(String number, Path point, String type, String source, String options) throws IOException {
        String line = "29 1 " + number + " / " + point.toString().replace(" ", "\\040") + " rw,relatime shared:1 - "
                + type + " " + source + " " + options + "\n";
        Files.writeString(proc.resolve("self/mountinfo"), Files.readString(proc.resolve("self/mountinfo")) + line);
    }

    private static DeviceTree.DeviceNumber number(String text) {
        String[] parts = text.split(":", 2);
        return new DeviceTree.DeviceNumber(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    private static DeviceTree.DeviceNumber known(Map<Path, DeviceTree.DeviceNumber> numbers, Path path)
            throws IOException {
        DeviceTree.DeviceNumber number = numbers.get(path);
        if (number == null) {
            throw new IOException("no such file in this system: " + path);
        }
        return number;
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }
}
