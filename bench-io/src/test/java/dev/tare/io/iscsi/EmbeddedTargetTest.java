package dev.tare.io.iscsi;

import dev.tare.io.iscsi.initiator.IscsiDevice;
import dev.tare.io.iscsi.initiator.LunAddress;
import dev.tare.io.iscsi.initiator.SessionOptions;
import dev.tare.io.iscsi.login.TargetIdentity;
import dev.tare.io.iscsi.target.TargetOptions;
import dev.tare.io.iscsi.target.TargetServer;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import dev.tare.io.workload.Sweep;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedTargetTest {
    private static final long SIZE_BYTES = 16 << 20;

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void whatIsWrittenIsRead(boolean headerDigest, boolean dataDigest) throws Exception {
        TargetOptions options = TargetOptions.of(
                new TargetIdentity(TargetOptions.NAME, null),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (TargetServer target = TargetServer.ofMemory(SIZE_BYTES, options, EmbeddedTargetTest::log)) {
            LunAddress address = LunAddress.parse(
                    "iscsi://127.0.0.1:" + target.address().getPort() + "/" + TargetOptions.NAME + "/0");
            try (IscsiDevice device =
                    IscsiDevice.open(address, SessionOptions.plain().withDigests(headerDigest, dataDigest))) {
                Region region = new Region(0, SIZE_BYTES);
                Sweep sweep = new Sweep(device, region, new BlockContent(1, region), 4096);
                sweep.write();
                sweep.verify();
            }
        }
    }

    private static void log(String event) {
        System.out.println(event);
    }
}
