package dev.tare.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.initiator.Discovery;
import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.LunQueue;
import dev.tare.iscsi.initiator.Portal;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.iscsi.login.Credentials;
import dev.tare.parts.Istgt;
import dev.tare.parts.RequiresProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The initiator against Debian's istgt, a descendant of FreeBSD's. */
@RequiresProgram(value = "istgt", debianPackage = "istgt")
@Timeout(300)
class IstgtIT {
    private static final Credentials ALICE = new Credentials("alice", "correct-horse", null);
    private static final Credentials MUTUAL =
            new Credentials("alice", "correct-horse", new Credentials.Mutual("disk", "battery-staple"));

    @TempDir
    private Path folder;

    @Test
    void discoveryFindsTheTargets() throws Exception {
        try (Istgt istgt = Istgt.start(folder)) {
            Portal portal = new Portal("127.0.0.1", istgt.port());
            assertThat(new Discovery(SessionOptions.plain()).targets(portal))
                    .containsEntry(Istgt.OPEN, List.of(portal))
                    .containsEntry(Istgt.CHAP, List.of(portal))
                    .containsEntry(Istgt.MUTUAL, List.of(portal));
        }
    }

    @Test
    void whatIsWrittenIsReadBySmallAndLargeAndManyIos() throws Exception {
        try (Istgt istgt = Istgt.start(folder);
                Lun lun = open(istgt, Istgt.OPEN, SessionOptions.plain())) {
            assertThat(lun.sizeBytes()).isEqualTo(Istgt.SIZE_BYTES);
            LunContent.throughEveryQueue(lun);
        }
    }

    @Test
    void digestsAndChapInBothDirections() throws Exception {
        SessionOptions digests = SessionOptions.plain().withDigests(true, true);
        try (Istgt istgt = Istgt.start(folder);
                Lun chap = open(istgt, Istgt.CHAP, digests.withCredentials(ALICE));
                Lun mutual = open(istgt, Istgt.MUTUAL, digests.withCredentials(MUTUAL))) {
            new LunContent(5).write(chap);
            new LunContent(6).write(mutual);
            new LunContent(5).verify(chap);
            new LunContent(6).verify(mutual);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedInWords() throws Exception {
        SessionOptions plain = SessionOptions.plain();
        try (Istgt istgt = Istgt.start(folder)) {
            assertThatThrownBy(() -> open(istgt, Istgt.CHAP, plain)).hasMessageContaining("give user and secret");
            assertThatThrownBy(() -> open(
                            istgt,
                            Istgt.CHAP,
                            plain.withCredentials(new Credentials("alice", "wrong-wrong-wrong", null))))
                    .hasMessageContaining("check user and secret");
            assertThatThrownBy(() -> open(istgt, Istgt.MUTUAL, plain.withCredentials(MUTUAL)))
                    .hasMessageContaining(
                            "at the login it rejected HeaderDigest=None, DataDigest=None: does it want another value?");
            assertThatThrownBy(() -> open(istgt, "iqn.2026-01.no:where", plain)).hasMessageContaining(Istgt.OPEN);
        }
    }

    @Test
    void everySessionEndsInPeaceThoughIstgtMayCloseBeforeItAnswersTheLogout() throws Exception {
        try (Istgt istgt = Istgt.start(folder);
                Lun lun = open(istgt, Istgt.OPEN, SessionOptions.plain())) {
            for (int i = 0; i < 20; i++) {
                LunQueue queue = lun.openQueue(1, 4096);
                queue.submitRead(0, 0);
                assertThat(queue.await()).isZero();
                assertThatCode(queue::close).doesNotThrowAnyException();
            }
        }
    }

    private static Lun open(Istgt istgt, String target, SessionOptions options) throws IOException {
        return Lun.open(LunAddress.parse(istgt.url(target)), options);
    }
}
