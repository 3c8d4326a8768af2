package dev.tare.iscsi.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChapTest {
    @TempDir
    private Path folder;

    @Test
    void theResponseIsMd5OfIdentifierSecretAndChallenge() {
        // printf '\x01secret\x00\x01\x02\x03' | md5sum
        assertThat(Chap.hex(Chap.response(1, "secret", new byte[] {0, 1, 2, 3})))
                .isEqualTo("0xe82cb2ed1efe04893c9cf73d4dd12e2d");
    }

    @Test
    void binaryValuesAreHexadecimalOrBase64() throws Exception {
        assertThat(Chap.binary("CHAP_C", "0x0aFF")).containsExactly(0x0a, 0xff);
        assertThat(Chap.binary("CHAP_C", "0xaff")).containsExactly(0x0a, 0xff);
        assertThat(Chap.binary("CHAP_C", "0bCv8=")).containsExactly(0x0a, 0xff);
        assertThatThrownBy(() -> Chap.binary("CHAP_C", "0xzz")).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> Chap.binary("CHAP_C", "12")).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void theFileServesBothEnds() throws Exception {
        Path file = write("# one\ninitiator alice correct-horse\n\ntarget disk  battery-staple\n");
        Credentials credentials = Credentials.read(file);
        assertThat(credentials)
                .isEqualTo(new Credentials("alice", "correct-horse", new Credentials.Mutual("disk", "battery-staple")));
        assertThat(credentials.toString()).doesNotContain("correct-horse").doesNotContain("battery-staple");
    }

    @Test
    void aShortSecretAndAnUnknownLineAreRefusedWithoutBeingPrinted() throws Exception {
        Path file = write("initiator alice horse\n");
        assertThatThrownBy(() -> Credentials.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1: expected a secret of at least 12 letters, got 5")
                .hasMessageNotContaining("horse");
        Path other = write("user alice correct-horse\n");
        assertThatThrownBy(() -> Credentials.read(other))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("correct-horse");
    }

    @Test
    void aFileThatOthersCanReadIsRefusedAndOneThatIsNotThereIsTold() throws Exception {
        Path file = write("initiator alice correct-horse\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Credentials.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("everybody on this machine can read the CHAP file " + file + "; close it with: chmod o= "
                        + file);
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Credentials.read(missing))
                .hasMessage(missing + ": no such file with CHAP names and secrets");
    }

    private Path write(String text) throws IOException {
        Path file = Files.createTempFile(
                folder, "chap", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        return Files.writeString(file, text);
    }

    @Test
    void bothSecretsMustDiffer() {
        Credentials.Mutual mutual = new Credentials.Mutual("disk", "correct-horse");
        assertThatThrownBy(() -> new Credentials("alice", "correct-horse", mutual))
                .hasMessageContaining("different secrets");
    }
}
