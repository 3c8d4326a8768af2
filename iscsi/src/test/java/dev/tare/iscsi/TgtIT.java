package dev.tare.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.initiator.Discovery;
import dev.tare.iscsi.initiator.IscsiException;
import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.LunQueue;
import dev.tare.iscsi.initiator.Portal;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.iscsi.login.Credentials;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import dev.tare.parts.Tgt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The initiator against Debian's tgt, which is not ours and therefore right. */
@RequiresProgram(value = "tgtd", debianPackage = "tgt")
@Timeout(300)
class TgtIT {
    private static final long SIZE_BYTES = 32 << 20;
    private static final int DEPTH = 32;

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
        "false, false, false, false",
        "true, false, false, false",
        "true, false, false, true",
        "true, true, false, false",
        "true, false, true, false",
        "false, true, true, false"
    })
    void whatIsWrittenIsRead(boolean tuned, boolean headerDigest, boolean dataDigest, boolean busy) throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), SIZE_BYTES)) {
            if (tuned) {
                tgt.tuned();
            }
            tgt.set("HeaderDigest", headerDigest ? "CRC32C" : "None");
            tgt.set("DataDigest", dataDigest ? "CRC32C" : "None");
            SessionOptions options =
                    SessionOptions.plain().withDigests(headerDigest, dataDigest).withBusyPoll(busy);
            try (Lun lun = Lun.open(LunAddress.parse(tgt.url(1)), options)) {
                assertThat(lun.sizeBytes()).isEqualTo(SIZE_BYTES);
                writeAndVerify(lun, 1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true"})
    void whatIsWrittenIsReadBySmallAndLargeAndManyIos(boolean tuned, boolean digests) throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), 64 << 20)) {
            if (tuned) {
                tgt.tuned();
            }
            tgt.set("HeaderDigest", digests ? "CRC32C" : "None").set("DataDigest", digests ? "CRC32C" : "None");
            try (Lun lun = Lun.open(
                    LunAddress.parse(tgt.url(1)), SessionOptions.plain().withDigests(digests, digests))) {
                LunContent.throughEveryQueue(lun);
            }
        }
    }

    @Test
    void whatIsDiscardedLeavesTheFileOfAThinUnit() throws Exception {
        Path file = folder.resolve("lun1");
        try (Tgt tgt = Tgt.start().unit(1, file, SIZE_BYTES).thin(1);
                Lun lun = open(tgt, 1)) {
            assertThat(lun.requireDiscards(8192)).startsWith("UNMAP of at most ");
            LunContent content = new LunContent(1);
            content.write(lun);
            long before = allocatedBlocks(file);
            try (LunQueue queue = lun.openQueue(DEPTH, 8192)) {
                for (int slot = 0; slot < DEPTH; slot++) {
                    content.fill(queue.buffer(slot), 0);
                    queue.submitDiscard(slot, slot * 65536L, 8192);
                }
                for (int i = 0; i < DEPTH; i++) {
                    queue.await();
                }
                queue.flush();
                // The file system may take a block of its own, of eight sectors, to list so many pieces.
                assertThat(before - allocatedBlocks(file)).isBetween(DEPTH * 16L - 8, DEPTH * 16L);

                ByteBuffer buffer = queue.buffer(0);
                assertThat(buffer.getLong(0))
                        .as("the discard left the buffer alone")
                        .isNotZero();
                for (long position : new long[] {65536, 65536 + 8192}) {
                    queue.submitRead(0, position);
                    queue.await();
                    assertThat(buffer.getLong(4096) == 0)
                            .as("zeros at %d", position)
                            .isEqualTo(position == 65536);
                }
            }
        }
    }

    @Test
    void aUnitThatTakesNoDiscardsIsTold() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), SIZE_BYTES);
                Lun lun = open(tgt, 1)) {
            assertThatThrownBy(() -> lun.requireDiscards(4096))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("expected a unit that takes UNMAP of 4096 bytes, got one that takes none")
                    .hasMessageContaining("thin provisioning");
        }
    }

    private static long allocatedBlocks(Path file) throws Exception {
        try (RunningProgram stat = RunningProgram.start(List.of("stat", "-c", "%b", file.toString()))) {
            assertThat(stat.awaitExit(Duration.ofSeconds(10))).isZero();
            return Long.parseLong(stat.output().strip());
        }
    }

    @Test
    void twoUnitsDoNotMix() throws Exception {
        try (Tgt tgt = Tgt.start()
                        .unit(1, folder.resolve("lun1"), SIZE_BYTES)
                        .unit(2, folder.resolve("lun2"), SIZE_BYTES);
                Lun first = open(tgt, 1);
                Lun second = open(tgt, 2)) {
            LunContent ones = new LunContent(1);
            LunContent twos = new LunContent(2);
            ones.write(first);
            twos.write(second);
            ones.verify(first);
            twos.verify(second);
            assertThatThrownBy(() -> twos.verify(first)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void chapIsProvenInBothDirections() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), SIZE_BYTES)) {
            requireChap(tgt);
            Credentials oneWay = new Credentials("alice", "correct-horse", null);
            Credentials mutual =
                    new Credentials("alice", "correct-horse", new Credentials.Mutual("disk", "battery-staple"));
            writeAndVerify(open(tgt, oneWay), 1);
            writeAndVerify(open(tgt, mutual), 2);
        }
    }

    @Test
    void aTargetThatDoesNotKnowItsSecretIsNotUsed() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), SIZE_BYTES)) {
            requireChap(tgt);
            Credentials wrong =
                    new Credentials("alice", "correct-horse", new Credentials.Mutual("disk", "another-secret"));
            assertThatThrownBy(() -> open(tgt, wrong)).hasMessageContaining("is not who it should be");
        }
    }

    @Test
    void aWrongSecretIsRefusedInWords() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), SIZE_BYTES)) {
            requireChap(tgt);
            assertThatThrownBy(() -> open(tgt, new Credentials("alice", "wrong-wrong-wrong", null)))
                    .hasMessageContaining("0201")
                    .hasMessageContaining("check user and secret");
            assertThatThrownBy(() -> open(tgt, 1)).hasMessageContaining("check user and secret");
        }
    }

    @Test
    void aWrongTargetAndAWrongUnitAreRefusedInWords() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), SIZE_BYTES)) {
            LunAddress nowhere = LunAddress.parse("iscsi://127.0.0.1:" + tgt.port() + "/iqn.2026-01.no:where/1");
            assertThatThrownBy(() -> Lun.open(nowhere, SessionOptions.plain()))
                    .hasMessageContaining("0203")
                    .hasMessageContaining("no such target")
                    .hasMessageEndingWith("the portal has " + Tgt.TARGET);
            assertThatThrownBy(() -> open(tgt, 7)).hasMessageContaining("check the LUN");
            assertThatThrownBy(() -> open(tgt, 0)).hasMessageContaining("expected a disk, got a device of type 12");
        }
    }

    @Test
    void nobodyListeningIsSaidAtOnce() throws Exception {
        Tgt tgt = Tgt.start();
        tgt.close();
        assertThatThrownBy(() -> open(tgt, 1)).hasMessageContaining("is an iSCSI target listening there?");
    }

    @Test
    void aKilledTargetFailsWhatIsInFlight() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), SIZE_BYTES).tuned();
                Lun lun = open(tgt, 1);
                LunQueue queue = lun.openQueue(DEPTH, 4096)) {
            fill(queue);
            queue.await();
            tgt.kill();
            assertThatThrownBy(() -> awaitAll(queue))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("I/Os in flight")
                    .hasMessageContaining("connection lost")
                    .hasMessageContaining("reconnect: failed");
        }
    }

    @Test
    void aUnitThatIsRemovedFailsWhatIsInFlight() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), SIZE_BYTES).tuned();
                Lun lun = open(tgt, 1);
                LunQueue queue = lun.openQueue(DEPTH, 4096)) {
            fill(queue);
            int slot = queue.await();
            tgt.removeUnit(1);
            queue.submitRead(slot, 0);
            assertThatThrownBy(() -> awaitAll(queue))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("expected GOOD, got CHECK CONDITION")
                    .hasMessageContaining("no such logical unit: check the LUN");
        }
    }

    private static void requireChap(Tgt tgt) throws IOException, InterruptedException {
        tgt.admin("--op", "new", "--mode", "account", "--user", "alice", "--password", "correct-horse");
        tgt.admin("--op", "bind", "--mode", "account", "--tid", "1", "--user", "alice");
        tgt.admin("--op", "new", "--mode", "account", "--user", "disk", "--password", "battery-staple");
        tgt.admin("--op", "bind", "--mode", "account", "--tid", "1", "--user", "disk", "--outgoing");
    }

    private static Lun open(Tgt tgt, int lun) throws IOException {
        return Lun.open(LunAddress.parse(tgt.url(lun)), SessionOptions.plain());
    }

    private static Lun open(Tgt tgt, Credentials credentials) throws IOException {
        return Lun.open(LunAddress.parse(tgt.url(1)), SessionOptions.plain().withCredentials(credentials));
    }

    private static void writeAndVerify(Lun lun, long seed) throws IOException {
        LunContent content = new LunContent(seed);
        content.write(lun);
        content.verify(lun);
        try (LunQueue queue = lun.openQueue(DEPTH, 4096)) {
            for (int slot = 0; slot < DEPTH; slot++) {
                new LunContent(-seed).fill(queue.buffer(slot), slot * 4096L);
                queue.submitWrite(slot, slot * 4096L);
            }
            for (int i = 0; i < DEPTH; i++) {
                queue.await();
            }
            for (int slot = 0; slot < DEPTH; slot++) {
                content.fill(queue.buffer(slot), slot * 4096L);
                queue.submitWrite(slot, slot * 4096L);
            }
            for (int i = 0; i < DEPTH; i++) {
                queue.await();
            }
        }
        content.verify(lun);
    }

    private static void fill(LunQueue queue) throws IOException {
        for (int slot = 0; slot < queue.depth(); slot++) {
            queue.submitRead(slot, slot * 4096L);
        }
    }

    /** Completes and submits until something fails, which the caller expects. */
    private static void awaitAll(LunQueue queue) throws IOException {
        for (int i = 0; i < 1_000_000; i++) {
            int slot = queue.await();
            queue.submitRead(slot, slot * 4096L);
        }
    }
}
