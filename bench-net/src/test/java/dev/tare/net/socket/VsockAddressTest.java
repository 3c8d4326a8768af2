package dev.tare.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VsockAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"vsock:1:5210", "vsock:2:0", "vsock:4294967294:4294967294"})
    void anAddressIsWrittenAsItIsRead(String text) {
        assertThat(VsockAddress.parse("peer", text)).hasToString(text);
        assertThat(VsockAddress.of(VsockAddress.parse("peer", text).toMemory())).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vsock:",
                "vsock:2",
                "vsock:2:",
                "vsock:-1:5210",
                "vsock:host:5210",
                "vsock:2:5210:1",
                "vsock:any:5210"
            })
    void whatHasAnotherFormIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VsockAddress.parse("peer", text))
                .withMessage(
                        "peer: expected vsock:CID:PORT, got \"" + text + "\"; pass for example -p peer=vsock:2:5210");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vsock:4294967296:1", "vsock:1:4294967295"})
    void numbersOfMoreThanTheKernelsBitsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VsockAddress.parse("peer", text))
                .withMessageContaining("expected a whole number from 0 to 429496729");
    }

    @ParameterizedTest
    @CsvSource({"5210, vsock:1:5210", "2:5210, vsock:2:5210", "any:5210, vsock:any:5210"})
    void aListenerIsOfThisMachineAloneUnlessItSaysOtherwise(String text, String address) {
        assertThat(VsockAddress.parseListener("--vsock", text)).hasToString(address);
    }

    @Test
    void aListenersOtherFormIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VsockAddress.parseListener("--vsock", "all:5210"))
                .withMessage("--vsock: expected [CID:]PORT, got \"all:5210\"; pass for example --vsock any:5210");
    }

    @Test
    void theKernelIsToldFamilyPortAndCid() {
        ByteBuffer memory = new VsockAddress(3, 0x0102_0304).toMemory();

        // struct sockaddr_vm: family 40, reserved, port, cid, flags and zeros.
        assertThat(memory.capacity()).isEqualTo(16);
        assertThat(memory.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(memory.getShort(0)).isEqualTo((short) 40);
        assertThat(memory.getInt(4)).isEqualTo(0x0102_0304);
        assertThat(memory.getInt(8)).isEqualTo(3);
        assertThat(memory.getInt(12)).isZero();
    }

    @Test
    void onlyThisMachineReachesItselfByItsLocalCid() {
        assertThat(VsockAddress.parse("peer", "vsock:1:5210").isLocal()).isTrue();
        assertThat(VsockAddress.parseListener("--vsock", "any:5210").isLocal()).isFalse();
        assertThat(VsockAddress.parse("peer", "vsock:2:5210").isLocal()).isFalse();
    }
}
