package dev.tare.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresRoot
@RequiresProgram(value = "ip", debianPackage = "iproute2")
final class NetworkNamespaceTest {
    @Test
    void joinedNamespacesReachEachOtherOverBothFamilies() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create();
                NetworkNamespace guest = NetworkNamespace.create()) {
            String cable = host.connect("10.81.0.1/24", guest, "10.81.0.2/24");
            host.addAddress(cable, "fd81::1/64");
            guest.addAddress(cable, "fd81::2/64");

            assertThat(guest.run("ip", "route", "get", "10.81.0.1")).contains("dev " + cable);
            assertThat(guest.run("ip", "-6", "route", "get", "fd81::1")).contains("dev " + cable);
        }
    }

    @Test
    void closingEndsTheProgramsInsideAndRemovesBothEndsOfTheCable() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create()) {
            NetworkNamespace guest = NetworkNamespace.create();
            String cable = host.connect("10.81.0.1/24", guest, "10.81.0.2/24");
            try (RunningProgram program = guest.start(List.of("sleep", "1000"))) {
                guest.close();

                assertThat(program.awaitExit(Duration.ofSeconds(30))).isNotZero();
            }
            assertThat(CompletedProgram.output("ip", "netns", "list")).doesNotContain(guest.name());
            assertThat(host.run("ip", "link")).doesNotContain(cable);
        }
    }

    @Test
    void aFailedCommandIsReportedWithItsOutput() throws Exception {
        try (NetworkNamespace host = NetworkNamespace.create()) {
            assertThatThrownBy(() -> host.run("ip", "link", "set", "nowhere", "up"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nowhere");
        }
    }
}
