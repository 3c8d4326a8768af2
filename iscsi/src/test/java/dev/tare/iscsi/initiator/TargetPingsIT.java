package dev.tare.iscsi.initiator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RequiresProgram;
import dev.tare.parts.Tgt;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Debian's tgt asks whether we are there, and hangs up on those who are not. */
@RequiresProgram(value = "tgtd", debianPackage = "tgt")
@Timeout(300)
class TargetPingsIT {
    @TempDir
    private Path folder;

    @Test
    void theTargetsPingsAreAnswered() throws Exception {
        try (Tgt tgt = Tgt.start().unit(1, folder.resolve("lun1"), 32 << 20)) {
            // tgt hangs up after five pings without an answer; fewer would not let this machine stall for a while.
            tgt.set("nop_interval", "1").set("nop_count", "5");
            SessionEvents events = new SessionEvents();
            ByteBuffer[] buffers = {ByteBuffer.allocateDirect(4096)};
            Portal portal = new Portal("127.0.0.1", tgt.port());
            try (InitiatorSession session =
                    InitiatorSession.open(new Logins(SessionOptions.plain()), portal, Tgt.TARGET, 1, buffers, events)) {
                while (events.pings() <= 6) {
                    session.submit(0, false, false, 0, 8, 4096);
                    assertThat(session.await()).isZero();
                }
            }
        }
    }
}
