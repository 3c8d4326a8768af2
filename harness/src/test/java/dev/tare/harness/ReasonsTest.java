package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import org.junit.jupiter.api.Test;

final class ReasonsTest {
    @Test
    void aMessageIsTheText() {
        assertThat(Reasons.of(new IOException("Connection refused"))).isEqualTo("Connection refused");
    }

    @Test
    void anExceptionWithoutAMessageIsSaidInWords() {
        assertThat(Reasons.of(new PortUnreachableException())).contains("nothing listens on that port");
        assertThat(Reasons.of(new EOFException())).contains("closed by the other end");
        assertThat(Reasons.of(new AsynchronousCloseException())).contains("this end had closed");
        assertThat(Reasons.of(new SocketTimeoutException())).isEqualTo("socket timeout");
        assertThat(Reasons.of(new StackOverflowError(" "))).isEqualTo("stack overflow");
    }
}
