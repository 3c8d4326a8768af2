package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FingerprintTest {
    @Test
    void theSameProgramOnTheSameMachineDiffersInNothing() {
        assertThat(Fingerprint.here("vm").differences(Fingerprint.here("vm"))).isEmpty();
    }

    @Test
    void everythingThatDiffersIsNamedWithBothValues() {
        Fingerprint then = new Fingerprint("aa", "17", "vm1");
        Fingerprint now = new Fingerprint("bb", "17", "vm2");

        assertThat(then.differences(now))
                .containsExactly(
                        "benchmarks.jar (SHA-256): the run has aa, here is bb",
                        "machine: the run has vm1, here is vm2");
    }
}
