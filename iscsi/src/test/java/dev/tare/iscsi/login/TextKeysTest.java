package dev.tare.iscsi.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextKeysTest {
    @Test
    void whatIsWrittenIsRead() throws Exception {
        TextKeys keys = new TextKeys()
                .add("TargetName", "iqn.x:a=b")
                .add("MaxBurstLength", 512)
                .add("InitialR2T", true);
        assertThat(TextKeys.parse(keys.bytes()).pairs()).isEqualTo(keys.pairs());
    }

    @Test
    void aPieceWithoutAKeyIsAViolation() {
        byte[] text = "no pair\0".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> TextKeys.parse(text))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("key=value");
    }

    @Test
    void foreignTextIsPrintableInMessages() {
        byte[] text = "\u001b[2J\0".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> TextKeys.parse(text)).hasMessageContaining("?[2J");
    }
}
