package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.blockstack.Leave;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.Sweep;
import dev.tare.io.workload.ThreadPart;
import dev.tare.io.workload.Workload;
import dev.tare.parts.LoopDevice;
import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresRoot
@RequiresProgram(value = "losetup", debianPackage = "mount")
@RequiresProgram(value = "mkfs.ext4", debianPackage = "e2fsprogs")
@RequiresProgram(value = "sfdisk", debianPackage = "fdisk")
@RequiresProgram(value = "mkswap", debianPackage = "util-linux")
final class RawDeviceIT {
    private static final long SIZE_BYTES = 16 << 20;
    private static final Region REGION = new Region(0, SIZE_BYTES);

    @TempDir
    Path folder;

    private Path image;
    private LoopDevice loop;
    private String device;

    @BeforeEach
    void attach() throws Exception {
        image = folder.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE_BYTES);
        }
        attach(LoopDevice.of(image));
    }

    private void attach(LoopDevice attached) {
        loop = attached;
        device = attached.path();
    }

    @AfterEach
    void detach() throws Exception {
        loop.close();
    }

    @Test
    void anUnusedDeviceIsWrittenAndVerified() throws Exception {
        try (var open = FileTarget.open(request(true, true)).device()) {
            assertThat(open.sizeBytes()).isEqualTo(SIZE_BYTES);
            assertThat(open.facts()).containsEntry("target-kind", "raw device").containsEntry("direct", "yes");
            AccessParameters parameters = new AccessParameters();
            parameters.blockBytes = "4k";
            parameters.queueDepth = 8;
            parameters.sizeBytes = Long.toString(SIZE_BYTES);
            parameters.seed = 5;
            AccessSpec spec = parameters.spec(50, 100);
            // Closing it checks every byte.
            try (Workload workload = Workload.open(open, parameters, spec, true, ThreadPart.WHOLE)) {
                for (int i = 0; i < 2000; i++) {
                    workload.step(true);
                }
            }
        }
    }

    @Test
    void ourOwnContentOnADeviceDoesNotForbidTheNextRun() throws Exception {
        BlockContent content = new BlockContent(5, REGION);
        try (var first = FileTarget.open(request(true, true)).device()) {
            new Sweep(first, REGION, content, 4096).write();
        }

        try (var second = FileTarget.open(request(true, true)).device()) {
            assertThat(second.sizeBytes()).isEqualTo(SIZE_BYTES);
        }
    }

    @Test
    void aDeviceWithAFileSystemIsNotForServingButAnImageOfItIs() throws Exception {
        FileTarget.requireUnused(Path.of(device), Leave.TO_OVERWRITE, "so");
        run("mkfs.ext4", "-q", device);
        assertThatThrownBy(() -> FileTarget.requireUnused(Path.of(device), Leave.TO_OVERWRITE, "so"))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("writing to the device " + device)
                .hasMessageContaining("it carries an ext2, ext3 or ext4 file system");
        FileTarget.requireUnused(image, Leave.TO_OVERWRITE, "so");
    }

    @Test
    void aDeviceIsNotWrittenWithoutLeave() {
        assertThatThrownBy(() -> FileTarget.open(request(false, true)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("writing to the existing device " + device)
                .hasMessageContaining("expected overwrite=true");
    }

    @Test
    void aDeviceWithAFileSystemIsReadAndNeverWritten() throws Exception {
        run("mkfs.ext4", "-q", device);
        byte[] before = Files.readAllBytes(image);

        assertRefused("it carries an ext2, ext3 or ext4 file system");
        try (var open = FileTarget.open(request(false, false)).device();
                var queue = open.openQueue(1, 4096)) {
            queue.submitRead(0, 0);
            assertThat(queue.await()).isZero();
        }

        assertThat(Files.readAllBytes(image)).isEqualTo(before);
    }

    @Test
    void aDeviceWithAPartitionTableIsRefused() throws Exception {
        run("sh", "-c", "echo 'label: gpt\nsize=4M' | sfdisk --quiet " + device);

        assertRefused("it carries a partition table (GPT)");
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 482b0004, an HFS+ file system",
        "32, 4e585342, an APFS container",
        "0, 696e746567727400, a device-mapper integrity volume",
        "4086, 533153555350454e4400, swap space with a hibernated system",
        "0, 484d0100, an LVM volume (version 1)",
        "66908, 19015419, a UFS file system",
        "2097152, 5ef1ab2f, a VMFS file system"
    })
    void aMarkIsEnoughToBeRefusedAndWithASecondLeaveItIsDestroyed(int at, String mark, String what) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(at);
            file.write(HexFormat.of().parseHex(mark));
        }

        assertRefused("it carries " + what);
        FileRequest leave = new FileRequest(
                device, OpenMode.DIRECT, Leave.of(true, "destroy"), "none", "auto", SIZE_BYTES, 1, true);
        try (var open = FileTarget.open(leave).device()) {
            assertThat(open.facts().get("device-marks")).contains(what).endsWith("; destroyed by leave");
        }
    }

    @Test
    @RequiresProgram(value = "blkid", debianPackage = "util-linux")
    void whatLibblkidKnowsIsRefusedToo() throws Exception {
        run("mkfs.ext4", "-q", device);

        assertRefused("it carries ext4, filesystem (libblkid)");
    }

    @Test
    @RequiresProgram(value = "unshare", debianPackage = "util-linux")
    @RequiresProgram(value = "wipefs", debianPackage = "util-linux")
    void aDeviceThatIsMountedWhereWeCannotSeeItIsRefusedWithEveryLeave() throws Exception {
        run("mkfs.ext4", "-q", device);
        Path place = Files.createDirectory(folder.resolve("place"));
        String mount = "mount " + device + " " + place + " && echo mounted && exec sleep 600";
        try (RunningProgram elsewhere =
                RunningProgram.start(List.of(Programs.require("unshare").toString(), "--mount", "sh", "-c", mount))) {
            elsewhere.awaitLine(Pattern.compile("^mounted$"));
            FileRequest leave = new FileRequest(
                    device, OpenMode.DIRECT, Leave.of(true, "destroy"), "none", "auto", SIZE_BYTES, 1, true);
            assertThatThrownBy(() -> FileTarget.open(leave))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(
                            "expected an unused one, got something holds it that the kernel does not show")
                    .hasMessageContaining("nothing was written");
        }
    }

    @Test
    void aDeviceOfAnImageWithAForeignNameLeadsToTheDiskBelowIt() throws Exception {
        loop.close();
        String latin = folder + "/$(printf 'Donn\\351es \\303\\251')";
        run("sh", "-c", "mv " + image + " \"" + latin + "\"");
        String attached = run("sh", "-c", "losetup --find --show \"" + latin + "\"");
        try (var open = FileTarget.open(
                        new FileRequest(attached, OpenMode.DIRECT, Leave.NONE, "none", "auto", SIZE_BYTES, 1, false))
                .device()) {
            assertThat(open.facts().get("device-path")).startsWith(attached.substring("/dev/".length()) + " <- ");
        } finally {
            run("losetup", "--detach", attached);
            attach(LoopDevice.of(Files.write(folder.resolve("another"), new byte[4096])));
        }
    }

    @Test
    void swapSpaceIsRefused() throws Exception {
        run("mkswap", "--quiet", device);

        assertRefused("it carries swap space");
    }

    @Test
    void aMemberOfARaidIsRefused() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(4096);
            file.writeInt(0xfc4e2ba9);
        }

        assertRefused("it carries a member of a Linux RAID");
    }

    @Test
    void aMountedDeviceIsRefusedWithThePlace() throws Exception {
        run("mkfs.ext4", "-q", device);
        Path place = Files.createDirectory(folder.resolve("place"));
        run("mount", device, place.toString());
        try {
            assertRefused("it is mounted at " + place);
        } finally {
            run("umount", place.toString());
        }
    }

    /** JVMs without the foreign-function API do not open it a second time. */
    @Test
    @EnabledForJreRange(minVersion = 22)
    void aDeviceThatIsHeldIsRefusedAndNothingStaysOpen() throws Exception {
        run("mkfs.ext4", "-q", device);
        Path place = Files.createDirectory(folder.resolve("place"));
        run("mount", device, place.toString());
        try {
            assertThatThrownBy(() -> OpenFile.open(Path.of(device), true, OpenMode.DIRECT, false, true))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("open " + device + ": expected success, got error 16 (busy)");
            assertThat(OpenDescriptors.of(Path.of(device))).isZero();
        } finally {
            run("umount", place.toString());
        }
    }

    @Test
    void aReadOnlyDeviceIsRefused() throws Exception {
        loop.close();
        attach(LoopDevice.of(image, "--read-only"));

        assertRefused("it is read-only");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void aDeviceWhoseDiskIsGoneFailsTheNextRead(int depth) throws Exception {
        try (var open = FileTarget.open(request(false, false)).device();
                var queue = open.openQueue(depth, 4096)) {
            fill(queue);
            int slot = queue.await();
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(0);
            }

            assertThatThrownBy(() -> readOn(queue, slot))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageMatching("read of 4096 bytes at \\d+ of " + device + ": expected .*, got .*"
                            + "(Input/output error|I/O error).*; .*the kernel's log may say more");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void aDeviceThatShrinksFailsTheNextReadBehindItsEnd(int depth) throws Exception {
        try (var open = FileTarget.open(request(false, false)).device();
                var queue = open.openQueue(depth, 4096)) {
            fill(queue);
            for (int outstanding = depth; outstanding > 0; outstanding--) {
                queue.await();
            }
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(4096);
            }
            run("losetup", "--set-capacity", device);
            queue.submitRead(0, SIZE_BYTES / 2);

            assertThatThrownBy(queue::await)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("expected all of them, got 0 bytes; is the device full, cut or gone?");
        }
    }

    private static void fill(BlockQueue queue) throws IOException {
        for (int slot = 0; slot < queue.depth(); slot++) {
            queue.submitRead(slot, SIZE_BYTES / 2 + slot * 4096L);
        }
    }

    /** Reads where nothing has been read before, until it fails, which the caller expects. */
    private static void readOn(BlockQueue queue, int idle) throws IOException {
        int slot = idle;
        for (long at = SIZE_BYTES / 4; at < SIZE_BYTES / 2; at += 4096) {
            queue.submitRead(slot, at);
            slot = queue.await();
        }
    }

    @Test
    void aLoopDeviceLeadsToTheDiskBelowItsFile() throws Exception {
        try (var open = FileTarget.open(request(false, false)).device()) {
            assertThat(open.facts().get("device-path")).startsWith(device.substring("/dev/".length()));
            assertThat(open.facts()).containsKeys("file-system", "backing");
        }
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> FileTarget.open(request(true, true)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("writing to the device " + device)
                .hasMessageContaining(reason)
                .hasMessageContaining("nothing was written");
    }

    private FileRequest request(boolean overwrite, boolean writes) {
        return new FileRequest(
                device, OpenMode.DIRECT, Leave.of(overwrite, "refuse"), "none", "auto", SIZE_BYTES, 1, writes);
    }

    private static String run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Programs.require(program).toString()));
        command.addAll(List.of(arguments));
        try (RunningProgram running = RunningProgram.start(command)) {
            assertThat(running.awaitExit(Duration.ofSeconds(60)))
                    .as(running.output())
                    .isZero();
            return running.output().strip();
        }
    }
}
