package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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

    @Test
    void aFileIsNamedWithWhatIsWrongWithIt() {
        assertThat(Reasons.of(new NoSuchFileException("a.img"))).isEqualTo("a.img: no such file");
        assertThat(Reasons.of(new AccessDeniedException("a.img"))).isEqualTo("a.img: access denied");
        assertThat(Reasons.of(new FileSystemException("a.img", null, "Read-only file system")))
                .isEqualTo("a.img: Read-only file system");
    }
}
