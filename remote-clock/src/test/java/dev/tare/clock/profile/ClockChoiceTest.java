package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.machine.virtualization.Virtualization;
import dev.tare.machine.virtualization.VirtualizationDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockChoiceTest {
    @TempDir
    Path root;

    @Test
    void guestIsMeasuredWithTheRemoteClock() throws IOException {
        ClockChoice choice = ClockChoice.of(ProfilerOptions.parse("server=192.0.2.1:123"), guest());

        assertThat(choice.swaps()).isTrue();
        assertThat(choice.label()).isEqualTo("remote 192.0.2.1:123/udp, disciplined");
    }

    @Test
    void bareMetalIsMeasuredWithItsOwnClockAlthoughAServerIsNamed() throws IOException {
        ClockChoice choice = ClockChoice.of(ProfilerOptions.parse("server=192.0.2.1:123"), bareMetal());

        assertThat(choice.settings()).isEmpty();
        assertThat(choice.label()).isEqualTo("local clock of bare metal");
    }

    @Test
    void guestWithoutServerIsToldWhatToDo() throws IOException {
        Virtualization guest = guest();

        assertThatThrownBy(() -> ClockChoice.of(ProfilerOptions.parse(""), guest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this machine runs on VMware")
                .hasMessageContaining("server=HOST:PORT")
                .hasMessageContaining("server=none");
    }

    @Test
    void machineThatMayBeAGuestIsTreatedAsOne() {
        Virtualization unknown = new VirtualizationDetector(root).detect();

        assertThatThrownBy(() -> ClockChoice.of(ProfilerOptions.parse(""), unknown))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ClockChoice.of(ProfilerOptions.parse("server=none"), unknown).label())
                .isEqualTo("local clock of a machine that may be a guest, not verified");
    }

    @Test
    void clockOfAGuestIsAcceptedKnowingly() throws IOException {
        ClockChoice choice = ClockChoice.of(ProfilerOptions.parse("server=none"), guest());

        assertThat(choice.settings()).isEmpty();
        assertThat(choice.label()).isEqualTo("local clock of a guest, not verified");
    }

    @Test
    void bareMetalIsMeasuredRemotelyOnDemand() throws IOException {
        assertThat(ClockChoice.of(ProfilerOptions.parse("server=192.0.2.1:123,when=always"), bareMetal())
                        .swaps())
                .isTrue();
        Virtualization bareMetal = bareMetal();
        assertThatThrownBy(() -> ClockChoice.of(ProfilerOptions.parse("when=always"), bareMetal))
                .hasMessageContaining("when=never");
    }

    @Test
    void neverSwappingWithAServerIsAnAudit() throws IOException {
        ClockChoice choice = ClockChoice.of(ProfilerOptions.parse("server=192.0.2.1:123,when=never"), guest());

        assertThat(choice.swaps()).isFalse();
        assertThat(choice.settings()).isPresent();
        assertThat(choice.label()).startsWith("local clock, audited against remote 192.0.2.1:123/udp");
    }

    @Test
    void forkMakesTheChoiceOfItsHost() throws IOException {
        for (String text : new String[] {"server=192.0.2.1:123", "server=192.0.2.1:123,when=never", "server=none"}) {
            ProfilerOptions options = ProfilerOptions.parse(text);
            ClockChoice choice = ClockChoice.of(options, guest());

            assertThat(ClockChoice.inFork(options, choice.property())).isEqualTo(choice);
        }
    }

    private Virtualization guest() throws IOException {
        return machine("flags : fpu hypervisor", "VMware, Inc.", "VMware7,1");
    }

    private Virtualization bareMetal() throws IOException {
        return machine("flags : fpu vmx", "Dell Inc.", "PowerEdge R740");
    }

    private Virtualization machine(String cpu, String vendor, String product) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("sys/class/dmi/id"));
        Files.writeString(root.resolve("proc/cpuinfo"), cpu + "\n");
        Files.writeString(root.resolve("sys/class/dmi/id/sys_vendor"), vendor);
        Files.writeString(root.resolve("sys/class/dmi/id/product_name"), product);
        return new VirtualizationDetector(root).detect();
    }
}
