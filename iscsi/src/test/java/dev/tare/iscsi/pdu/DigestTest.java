package dev.tare.iscsi.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7143, appendix A.4. */
class DigestTest {
    @Test
    void zeros() {
        assertThat(digest(new byte[32])).isEqualTo(0xaa36918a);
    }

    @Test
    void ones() {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 0xff);
        assertThat(digest(bytes)).isEqualTo(0x43aba862);
    }

    @Test
    void ascending() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        assertThat(digest(bytes)).isEqualTo(0x4e79dd46);
    }

    @Test
    void descending() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (31 - i);
        }
        assertThat(digest(bytes)).isEqualTo(0x5cdb3f11);
    }

    @Test
    void paddingCountsAsZeros() {
        byte[] padded = {1, 2, 3, 4, 5, 0, 0, 0};
        int split = new Digest()
                .start()
                .add(ByteBuffer.wrap(padded), 0, 5)
                .addZeros(3)
                .onTheWire();
        assertThat(split).isEqualTo(digest(padded));
    }

    private static int digest(byte[] bytes) {
        return new Digest().start().add(ByteBuffer.wrap(bytes), 0, bytes.length).onTheWire();
    }
}
