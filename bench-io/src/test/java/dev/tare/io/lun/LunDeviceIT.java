package dev.tare.io.lun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.blockstack.Leave;
import dev.tare.io.device.DeviceException;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import dev.tare.parts.Tgt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What real tools put on a LUN of Debian's tgt is found before a benchmark writes. */
@RequiresProgram(value = "tgtd", debianPackage = "tgt")
@Timeout(300)
class LunDeviceIT {
    private static final long SIZE_BYTES = 32 << 20;

    @TempDir
    private Path folder;

    @Test
    @RequiresProgram(value = "mkfs.ext4", debianPackage = "e2fsprogs")
    @RequiresProgram(value = "blkid", debianPackage = "util-linux")
    void aUnitWithAFileSystemIsNotForOverwriting() throws Exception {
        Path image = folder.resolve("lun1");
        try (Tgt tgt = Tgt.start().unit(1, image, SIZE_BYTES);
                LunDevice device = open(tgt)) {
            assertThat(device.requireUnused(Leave.TO_OVERWRITE)).startsWith("none, by our list");
            run("mkfs.ext4", "-q", image.toString());
            assertThatThrownBy(() -> device.requireUnused(Leave.TO_OVERWRITE))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("writing to the LUN iscsi://127.0.0.1:" + tgt.port())
                    .hasMessageContaining("it carries an ext2, ext3 or ext4 file system")
                    .hasMessageContaining("it carries ext4, filesystem (libblkid)")
                    .hasMessageContaining("nothing was written");
        }
    }

    @Test
    @RequiresProgram(value = "sfdisk", debianPackage = "fdisk")
    void aUnitWithAPartitionTableIsNotForOverwriting() throws Exception {
        Path image = folder.resolve("lun1");
        try (Tgt tgt = Tgt.start().unit(1, image, SIZE_BYTES);
                LunDevice device = open(tgt)) {
            run("sh", "-c", "echo 'label: gpt' | sfdisk --quiet " + image);
            assertThatThrownBy(() -> device.requireUnused(Leave.TO_OVERWRITE))
                    .hasMessageContaining("it carries a partition table (MBR); it carries a partition table (GPT)")
                    .hasMessageContaining("its copy at the end");
        }
    }

    private static LunDevice open(Tgt tgt) throws IOException {
        return LunDevice.open(LunAddress.parse(tgt.url(1)), SessionOptions.plain());
    }

    private static void run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Programs.require(program).toString()));
        command.addAll(List.of(arguments));
        try (RunningProgram running = RunningProgram.start(command)) {
            assertThat(running.awaitExit(Duration.ofSeconds(60)))
                    .as(running.output())
                    .isZero();
        }
    }
}
