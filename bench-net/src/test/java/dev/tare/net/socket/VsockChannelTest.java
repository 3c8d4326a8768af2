package dev.tare.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.parts.JavaCommand;
import dev.tare.parts.RequiresJdk;
import dev.tare.parts.RunningProgram;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VsockChannelTest {
    @Test
    void aJvmWithoutSystemCallsIsRefusedInWords() {
        if (ForeignFunctions.MISSING.isPresent()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(VsockChannel::requireObtainable)
                    .withMessage(
                            "VSOCK: expected a JVM that can open its sockets, got " + ForeignFunctions.MISSING.get()
                                    + "; use JDK 22 or newer at both ends, or a peer reached by TCP");
        } else {
            assertThatCode(VsockChannel::requireObtainable).doesNotThrowAnyException();
        }
    }

    @Test
    @RequiresJdk(22)
    void anAdoptedSocketHasJavasReadsWritesDeadlinesInterruptsAndCloses() throws Exception {
        try (RunningProgram program = RunningProgram.start(JavaCommand.ofJdk(
                22,
                List.of(SocketSettings.NATIVE_ACCESS, SocketSettings.DESCRIPTORS),
                AdoptedSocket.class.getName()))) {
            assertThat(program.awaitExit(Duration.ofMinutes(2)))
                    .as(program.output())
                    .isZero();

            assertThat(program.output().lines())
                    .startsWith(
                            "read: to the adopted one",
                            "returned: and back",
                            "late: SocketTimeoutException",
                            "ended: -1",
                            "closed: AsynchronousCloseException",
                            "interrupted: ClosedByInterruptException");
            // A kernel with vsock_loopback refuses, one without a way to CID 1 says so or times out, one without VSOCK
            // has no socket.
            assertThat(program.output())
                    .containsPattern("nobody: (ConnectException|SocketTimeoutException|IOException)")
                    .containsPattern("interrupted accept: (ClosedByInterruptException|IOException)");
        }
    }
}
