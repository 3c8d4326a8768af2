package dev.tare.io.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.io.device.BlockQueue;
import dev.tare.io.iscsi.initiator.Discovery;
import dev.tare.io.iscsi.initiator.IscsiDevice;
import dev.tare.io.iscsi.initiator.LunAddress;
import dev.tare.io.iscsi.initiator.Portal;
import dev.tare.io.iscsi.initiator.SessionOptions;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import dev.tare.io.workload.Sweep;
import dev.tare.parts.RequiresProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresProgram(value = "tgtd", debianPackage = "tgt")
class TgtIT {
    private static final long SIZE_BYTES = 64 << 20;

    @TempDir
    private Path folder;

    @Test
    void discoveryFindsTheTarget() throws Exception {
        try (Tgt tgt = Tgt.start()) {
            Portal portal = new Portal("127.0.0.1", tgt.port());
            assertThat(new Discovery(SessionOptions.plain()).targets(portal))
                    .containsEntry(Tgt.TARGET, List.of(portal));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, false",
        "true, false, false",
        "true, true, false",
        "true, false, true",
        "false, true, true"
    })
    void whatIsWrittenIsRead(boolean tuned, boolean headerDigest, boolean dataDigest) throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), SIZE_BYTES)) {
            if (tuned) {
                tgt.tuned();
            }
            tgt.set("HeaderDigest", headerDigest ? "CRC32C" : "None");
            tgt.set("DataDigest", dataDigest ? "CRC32C" : "None");
            SessionOptions options = SessionOptions.plain().withDigests(headerDigest, dataDigest);
            try (IscsiDevice device = IscsiDevice.open(LunAddress.parse(tgt.url(1)), options)) {
                assertThat(device.sizeBytes()).isEqualTo(SIZE_BYTES);
                Region region = new Region(0, SIZE_BYTES);
                BlockContent content = new BlockContent(1, region);
                Sweep sweep = new Sweep(device, region, content, 4096);
                sweep.write();
                sweep.verify();
                try (BlockQueue queue = device.openQueue(32, 4096)) {
                    for (int slot = 0; slot < 32; slot++) {
                        content.fill(queue.buffer(slot), slot * 4096L);
                        content.renew(queue.buffer(slot), slot * 4096L);
                        queue.submitWrite(slot, slot * 4096L);
                    }
                    for (int slot = 0; slot < 32; slot++) {
                        queue.await();
                    }
                }
                sweep.verify();
            }
        }
    }
}
