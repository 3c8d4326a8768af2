package dev.tare.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class SocketSettingsTest {
    private static final Optional<String> MISSING = Optional.of("JDK 17 has no foreign-function API");

    @Test
    void whatJavaHasAWayForIsGrantedByEveryJdk() throws Exception {
        SocketSettings settings = new SocketSettings(
                Optional.empty(), OptionalInt.empty(), OptionalInt.of(46), Optional.of(true), OptionalInt.empty());
        settings.requireObtainable(MISSING);
        try (SocketChannel channel = SocketChannel.open()) {
            settings.applyToTcp(channel);

            assertThat(settings.granted(channel)).isEqualTo(Map.of("dscp", 46, "quick-ack", true));
        }
    }

    @Test
    void whatNeedsTheKernelIsGrantedOrRefusedWithTheReason() throws Exception {
        SocketSettings settings = new SocketSettings(
                Optional.of("reno"), OptionalInt.of(1000), OptionalInt.empty(), Optional.empty(), OptionalInt.empty());
        try (SocketChannel channel = SocketChannel.open()) {
            if (KernelSocket.missing().isPresent()) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> settings.applyToTcp(channel))
                        .withMessage("congestion: expected a JVM that can set it, got "
                                + KernelSocket.missing().get()
                                + "; use JDK 22 or newer at both ends, or leave it to the kernel");
            } else {
                settings.applyToTcp(channel);
                assertThat(settings.granted(channel)).isEqualTo(Map.of("congestion", "reno", "mss", 1000L));
                SocketSettings unknown = new SocketSettings(
                        Optional.of("nonesuch"),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.empty());
                assertThatThrownBy(() -> unknown.applyToTcp(channel))
                        .hasMessage("TCP_CONGESTION: expected the kernel to take nonesuch, got error 2 (no such name)");
            }
        }
    }

    @Test
    void eachOptionThatNeedsTheKernelIsRefusedByItsName() {
        Map.of(
                        "mss",
                        new SocketSettings(
                                Optional.empty(),
                                OptionalInt.of(1000),
                                OptionalInt.empty(),
                                Optional.empty(),
                                OptionalInt.empty()),
                        "busyPollUs",
                        new SocketSettings(
                                Optional.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                OptionalInt.of(50)))
                .forEach((name, settings) -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> settings.requireObtainable(MISSING))
                            .withMessageStartingWith(name + ": expected a JVM that can set it, got JDK 17");
                    assertThatCode(() -> settings.requireObtainable(Optional.empty()))
                            .doesNotThrowAnyException();
                });
    }

    @Test
    void theKernelsOwnAsksForNothing() throws Exception {
        try (SocketChannel channel = SocketChannel.open();
                DatagramChannel datagrams = DatagramChannel.open()) {
            SocketSettings.OF_THE_KERNEL.applyToTcp(channel);
            SocketSettings.OF_THE_KERNEL.applyToUdp(datagrams);

            assertThat(SocketSettings.OF_THE_KERNEL.granted(channel)).isEmpty();
        }
    }

    @Test
    void whatTcpAloneHasIsNotIgnoredOverUdp() throws Exception {
        SocketSettings settings = new SocketSettings(
                Optional.empty(), OptionalInt.empty(), OptionalInt.of(46), Optional.of(true), OptionalInt.empty());
        try (DatagramChannel datagrams = DatagramChannel.open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings.applyToUdp(datagrams))
                    .withMessage("quickAck: expected kernel, got a value, and UDP has no such option; leave it out");
        }
    }
}
