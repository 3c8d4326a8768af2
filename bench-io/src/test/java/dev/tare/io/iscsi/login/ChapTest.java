package dev.tare.io.iscsi.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.iscsi.pdu.ProtocolViolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path file = Files.writeString(
                folder.resolve("chap"), "# one\ninitiator alice correct-horse\n\ntarget disk  battery-staple\n");
        Credentials credentials = ChapFile.read(file);
        assertThat(credentials)
                .isEqualTo(new Credentials("alice", "correct-horse", new Credentials.Mutual("disk", "battery-staple")));
        assertThat(credentials.toString()).doesNotContain("correct-horse").doesNotContain("battery-staple");
    }

    @Test
    void aShortSecretAndAnUnknownLineAreRefusedWithoutBeingPrinted() throws Exception {
        Path file = Files.writeString(folder.resolve("short"), "initiator alice horse\n");
        assertThatThrownBy(() -> ChapFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1: expected a secret of at least 12 letters, got 5")
                .hasMessageNotContaining("horse");
        Path other = Files.writeString(folder.resolve("other"), "user alice correct-horse\n");
        assertThatThrownBy(() -> ChapFile.read(other))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("correct-horse");
    }

    @Test
    void bothSecretsMustDiffer() {
        Credentials.Mutual mutual = new Credentials.Mutual("disk", "correct-horse");
        assertThatThrownBy(() -> new Credentials("alice", "correct-horse", mutual))
                .hasMessageContaining("different secrets");
    }
}
