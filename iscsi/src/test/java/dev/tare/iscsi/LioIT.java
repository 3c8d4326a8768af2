package dev.tare.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.initiator.Discovery;
import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.LunQueue;
import dev.tare.iscsi.initiator.Portal;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.iscsi.login.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The initiator against the target in Linux itself, by hand: it needs a kernel that has one. */
@EnabledIfEnvironmentVariable(
        named = "TARE_LIO",
        matches = ".+:\\d+",
        disabledReason = "start real-parts/guests/lio, and set TARE_LIO=127.0.0.1:13260")
@Timeout(300)
class LioIT {
    private static final String PREFIX = "iqn.2003-01.org.example.lio:";
    private static final Portal PORTAL = Portal.parse(System.getenv().getOrDefault("TARE_LIO", "127.0.0.1:13260"));
    private static final Credentials ALICE = new Credentials("alice", "correct-horse", null);
    private static final Credentials MUTUAL =
            new Credentials("alice", "correct-horse", new Credentials.Mutual("disk", "battery-staple"));

    @Test
    void discoveryFindsTheTargetsAtTheAddressThatTheGuestHasForItself() throws Exception {
        assertThat(new Discovery(SessionOptions.plain()).targets(PORTAL))
                .containsKeys(PREFIX + "disk", PREFIX + "small", PREFIX + "chap", PREFIX + "mutual");
    }

    @ParameterizedTest
    @CsvSource({"disk, false, false", "disk, true, false", "disk, false, true", "disk, true, true", "small, true, true"
    })
    void whatIsWrittenIsReadBySmallAndLargeAndManyIos(String target, boolean headerDigest, boolean dataDigest)
            throws Exception {
        try (Lun lun = open(target, SessionOptions.plain().withDigests(headerDigest, dataDigest))) {
            LunContent.throughEveryQueue(lun);
        }
    }

    @Test
    void chapIsProvenInBothDirections() throws Exception {
        SessionOptions plain = SessionOptions.plain();
        try (Lun chap = open("chap", plain.withCredentials(ALICE));
                Lun mutual = open("mutual", plain.withCredentials(MUTUAL))) {
            new LunContent(5).write(chap);
            new LunContent(6).write(mutual);
            new LunContent(5).verify(chap);
            new LunContent(6).verify(mutual);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedInWords() {
        SessionOptions plain = SessionOptions.plain();
        assertThatThrownBy(() -> open("chap", plain)).hasMessageContaining("does it want CHAP?");
        assertThatThrownBy(
                        () -> open("chap", plain.withCredentials(new Credentials("alice", "wrong-wrong-wrong", null))))
                .hasMessageContaining("check user and secret");
        assertThatThrownBy(() -> open("chap", plain.withCredentials(MUTUAL)))
                .hasMessageContaining("did not prove who it is");
        assertThatThrownBy(() -> open("nowhere", plain)).hasMessageContaining("the portal has " + PREFIX + "disk");
    }

    @Test
    void aUnitThatIsMappedInMidRunIsANoteAndNoFailure() throws Exception {
        String group = "/sys/kernel/config/target/iscsi/" + PREFIX + "disk/tpgt_1/lun/lun_1";
        try (Lun lun = open("disk", SessionOptions.plain());
                LunQueue queue = lun.openQueue(1, 4096)) {
            inGuest("mkdir " + group + "; ln -s /sys/kernel/config/target/core/fileio_0/small " + group + "/port");
            for (int i = 0; i < 100; i++) {
                queue.submitRead(0, 0);
                assertThat(queue.await()).isZero();
            }
            assertThat(queue.events())
                    .containsEntry("iscsi-unit-attentions", "1 of 3fh/0eh: the target's list of logical units changed");
        } finally {
            inGuest("rm " + group + "/port; rmdir " + group);
        }
    }

    /** Runs a command in the guest's shell and waits for its end. */
    private static void inGuest(String command) throws IOException {
        try (Socket shell = new Socket(PORTAL.host(), PORTAL.port() + 1);
                BufferedReader output =
                        new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            shell.getOutputStream().write((command + "; echo \"done: $?\"\n").getBytes(StandardCharsets.UTF_8));
            String line = output.readLine();
            while (line != null && !line.startsWith("done: ")) {
                System.out.println("guest: " + line);
                line = output.readLine();
            }
            assertThat(line).as(command).isEqualTo("done: 0");
        }
    }

    private static Lun open(String target, SessionOptions options) throws IOException {
        return Lun.open(LunAddress.parse("iscsi://" + PORTAL + "/" + PREFIX + target + "/0"), options);
    }
}
