package dev.tare.iscsi.initiator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LunAddressTest {
    @Test
    void thePortDefaultsToTheOneOfIana() {
        assertThat(LunAddress.parse("iscsi://store/iqn.2026-01.x:disk/3"))
                .isEqualTo(new LunAddress(null, null, List.of(new Portal("store", 3260)), "iqn.2026-01.x:disk", 3));
    }

    @Test
    void userSecretAndSeveralPortals() {
        LunAddress address = LunAddress.parse("iscsi://alice%p:q+r@[fe80::1]:3261+10.0.0.2/iqn.2026-01.x:disk/0");
        assertThat(address.user()).isEqualTo("alice");
        assertThat(address.secret()).isEqualTo("p:q+r");
        assertThat(address.portals()).containsExactly(new Portal("fe80::1", 3261), new Portal("10.0.0.2", 3260));
    }

    @Test
    void anIpv6AddressMayHaveAScope() {
        LunAddress address = LunAddress.parse("iscsi://alice%p@[fe80::1%eth0.2]:3261/iqn.2026-01.x:disk/0");
        assertThat(address.portals()).containsExactly(new Portal("fe80::1%eth0.2", 3261));
        assertThat(address).hasToString("iscsi://alice@[fe80::1%eth0.2]:3261/iqn.2026-01.x:disk/0");
        assertThat(LunAddress.parse("iscsi://[fe80::1%2]/iqn.2026-01.x:disk/0").portals())
                .containsExactly(new Portal("fe80::1%2", 3260));
        assertThat(LunAddress.withoutSecret("iscsi://[fe80::1%2]/iqn.2026-01.x:disk/0"))
                .isEqualTo("iscsi://[fe80::1%2]/iqn.2026-01.x:disk/0");
    }

    @Test
    void theSecretIsNeverPrinted() {
        String text = "iscsi://alice%hidden@host/iqn.2026-01.x:disk/0";
        assertThat(LunAddress.parse(text).toString()).doesNotContain("hidden").contains("alice@host");
        assertThat(LunAddress.withoutSecret(text)).doesNotContain("hidden");
        assertThatThrownBy(() -> LunAddress.parse("iscsi://alice%hidden@host/nothing"))
                .hasMessageContaining("expected iscsi://")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iscsi://host",
                "iscsi://host/iqn.x",
                "iscsi://host:0/iqn.x/1",
                "iscsi://h:70000/iqn.x/1",
                "iscsi://[fe80::1%]/iqn.x/1",
                "http://h/iqn.x/1",
                ""
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> LunAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
