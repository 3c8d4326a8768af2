package dev.tare.iscsi.initiator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortalTest {
    @ParameterizedTest
    @CsvSource({
        "[fe80::1%eth0]:3260, [fe80::2]:3261, [fe80::2%eth0]:3261",
        "[fe80::1%eth0]:3260, [FEBF::2], [FEBF::2%eth0]:3260",
        "[fe80::1%eth0]:3260, [fe80::2%eth1], [fe80::2%eth1]:3260",
        "[fe80::1%eth0]:3260, [fd00::2], [fd00::2]:3260",
        "[fe80::1%eth0]:3260, 192.0.2.1, 192.0.2.1:3260",
        "192.0.2.1:3260, [fe80::2], [fe80::2]:3260"
    })
    void aLinkLocalAddressThatATargetSaysIsOnTheLinkOnWhichItWasAsked(String asked, String said, String reached)
            throws Exception {
        assertThat(Portal.ofTarget(said).heardAt(Portal.parse(asked))).hasToString(reached);
    }
}
