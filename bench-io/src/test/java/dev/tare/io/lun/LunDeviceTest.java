package dev.tare.io.lun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.blockstack.Leave;
import dev.tare.io.device.DeviceException;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import dev.tare.io.workload.Sweep;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.iscsi.target.TargetOptions;
import dev.tare.iscsi.target.TargetServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a benchmark may do to a LUN, and what it must say of it. */
@Timeout(120)
class LunDeviceTest {
    private static final long SIZE_BYTES = 16 << 20;
    private static final TargetOptions OPTIONS =
            TargetOptions.of(TargetOptions.NAME, null, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "0, 4c4142454c4f4e45, an LVM volume",
        "4096, fc4e2ba9, a member of a Linux RAID",
        "65600, 5f42485266535f4d, a Btrfs file system",
        "16776704, 4546492050415254, 'a partition table (GPT, its copy at the end)'"
    })
    void aUnitThatCarriesSomethingIsNotForOverwriting(long at, String mark, String what) throws Exception {
        Path image = folder.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE_BYTES);
            file.seek(at);
            file.write(HexFormat.of().parseHex(mark));
        }
        try (TargetServer target = TargetServer.ofFile(image, OPTIONS, LunDeviceTest::log);
                LunDevice device = open(target)) {
            assertThatThrownBy(() -> device.requireUnused(Leave.TO_OVERWRITE))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("got it carries " + what)
                    .hasMessageContaining("; nothing was written");
            assertThat(device.requireUnused(Leave.TO_DESTROY_MARKS))
                    .contains(what)
                    .endsWith("; destroyed by leave");
        }
    }

    @Test
    void aTargetOnThisMachineMayAnswerFromItsMemory() throws Exception {
        try (TargetServer target = TargetServer.ofMemory(SIZE_BYTES, OPTIONS, LunDeviceTest::log);
                LunDevice device = open(target)) {
            assertThat(device.cacheSuspicion().fact(SIZE_BYTES, 1).get("may-have-been-cached"))
                    .startsWith("yes: the working set of 16 MB fits the memory of this machine, where the target is");
        }
    }

    @Test
    void whatABenchmarkLeftOnAUnitDoesNotForbidTheNext() throws Exception {
        try (TargetServer target = TargetServer.ofMemory(SIZE_BYTES, OPTIONS, LunDeviceTest::log);
                LunDevice device = open(target)) {
            Region region = new Region(0, SIZE_BYTES);
            Sweep sweep = new Sweep(device, region, new BlockContent(1, region), 4096);
            sweep.write();
            sweep.verify();
            assertThat(device.requireUnused(Leave.TO_OVERWRITE)).startsWith("none, by our list");
        }
    }

    private static LunDevice open(TargetServer target) throws IOException {
        return LunDevice.open(
                LunAddress.parse("iscsi://127.0.0.1:" + target.address().getPort() + "/" + TargetOptions.NAME + "/0"),
                SessionOptions.plain());
    }

    private static void log(String event) {
        System.out.println(event);
    }
}
