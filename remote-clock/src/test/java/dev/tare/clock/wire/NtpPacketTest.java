package dev.tare.clock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NtpPacketTest {
    private static final long NONCE = 0x0123_4567_89ab_cdefL;

    private final ByteBuffer frame = ByteBuffer.allocate(NtpPacket.BYTES);

    @Test
    void requestIsVersion4Mode3AndTheNonceAndNothingElse() {
        NtpPacket.writeRequest(frame, NONCE);
        assertThat(frame.get(0)).isEqualTo((byte) 0b00_100_011);
        assertThat(frame.getLong(40)).isEqualTo(NONCE);
        for (int i = 1; i < 40; i++) {
            assertThat(frame.get(i)).as("byte %d", i).isZero();
        }
        assertThat(frame.remaining()).isEqualTo(48);
        assertThat(NtpPacket.requestFault(frame)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0x1b,",
        "0x23,",
        "0xe3,",
        "0x24,MODE",
        "0x22,MODE",
        "0x25,MODE",
        "0x26,MODE",
        "0x27,MODE",
        "0x20,MODE",
        "0x13,VERSION",
        "0x0b,VERSION",
        "0x03,VERSION",
        "0x2b,VERSION",
        "0x3b,VERSION"
    })
    void onlyRequestsOfVersions3And4AreAnswered(String first, NtpPacket.RequestFault fault) {
        frame.put(0, (byte) Integer.decode(first).intValue());
        assertThat(NtpPacket.requestFault(frame)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "47"})
    void shortRequestIsRefused(int length) {
        NtpPacket.writeRequest(frame, NONCE);
        frame.limit(length);
        assertThat(NtpPacket.requestFault(frame)).isEqualTo(NtpPacket.RequestFault.LENGTH);
    }

    @Test
    void answerEchoesVersionAndNonceAndCarriesBothTimes() {
        NtpPacket.writeRequest(frame, NONCE);
        frame.put(0, (byte) 0x1b);
        NtpPacket.writeReply(frame, -25, 1L << 32, 2L << 32);
        NtpPacket.stamp(frame, 3L << 32);
        NtpReply reply = NtpReply.read(frame);
        assertThat(reply)
                .isEqualTo(new NtpReply(
                        0, 3, 4, 1, -25, 0, 1, NtpPacket.NEVER_STEPS, 1L << 32, NONCE, 2L << 32, 3L << 32));
        assertThat(reply.neverSteps()).isTrue();
        assertThat(reply.fault()).isNull();
        assertThat(reply.kissCode()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "3,1,0,0,5,6, 'its own clock is not synchronized (leap indicator 3, stratum 1)'",
        "0,0,0,0,5,6, 'its own clock is not synchronized (leap indicator 0, stratum 0)'",
        "0,16,0,0,5,6, 'its own clock is not synchronized (leap indicator 0, stratum 16)'",
        "0,255,0,0,5,6, 'its own clock is not synchronized (leap indicator 0, stratum 255)'",
        "0,2,0,0,0,6, its times make no sense: the time of receipt is missing",
        "0,2,0,0,5,0, its times make no sense: the time of transmission is missing",
        "0,2,0,0,6,5, its times make no sense: it sent the reply before the request came",
        "0,2,0,196608,5,6, 'it is 3.000 s away from its reference clock (root delay 0.000 s / 2 + root dispersion 3.000 s)'",
        "0,2,393216,0,5,6, 'it is 3.000 s away from its reference clock (root delay 6.000 s / 2 + root dispersion 0.000 s)'",
        "0,2,-1,0,5,6, it is 32768.000 s away from its reference clock",
        "0,2,0,-1,5,6, it is 65536.000 s away from its reference clock",
    })
    void replyWhoseTimeIsNotToBeUsedSaysWhy(
            int leap, int stratum, int delay, int dispersion, long received, long sent, String reason) {
        NtpReply reply = new NtpReply(leap, 4, 4, stratum, -20, delay, dispersion, 0, 0, NONCE, received, sent);
        assertThat(reason(reply)).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource({"0,15,196608,98303,5,6", "1,2,0,0,5,5", "2,1,0,0,5,6"})
    void replyWhoseTimeIsToBeUsedHasNoFault(
            int leap, int stratum, int delay, int dispersion, long received, long sent) {
        assertThat(new NtpReply(leap, 4, 4, stratum, -20, delay, dispersion, 0, 0, NONCE, received, sent).fault())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0,4, in version 0 of NTP",
        "1,4,",
        "2,4,",
        "3,4,",
        "5,4, in version 5 of NTP",
        "7,4, in version 7 of NTP",
        "4,3, in mode 3 (client)",
        "4,5, in mode 5 (broadcast)",
        "3,2, in mode 2 (symmetric passive)",
    })
    void versionsThatShareTheFormatAreReadAndOtherVersionsAndModesAreNamed(
            int version, int mode, @Nullable String reason) {
        assertThat(reason(new NtpReply(0, version, mode, 1, -20, 0, 0, 0, 0, NONCE, 5, 6)))
                .startsWith(reason == null ? "" : reason)
                .matches(said -> said.isEmpty() == (reason == null));
    }

    @Test
    void kissOfDeathIsADemandAndOtherCodesDescribeTheServersState() {
        assertThat(stratumZero("RATE").kissCode()).isEqualTo("RATE");
        assertThat(stratumZero("DENY").kissCode()).isEqualTo("DENY");
        assertThat(stratumZero("RSTR").kissCode()).isEqualTo("RSTR");
        assertThat(stratumZero("\0\0\0\0").kissCode()).isNull();
        // What ntpd says until it has chosen a source.
        assertThat(stratumZero("INIT").kissCode()).isNull();
        assertThat(reason(stratumZero("INIT"))).endsWith("(leap indicator 3, stratum 0, INIT)");
    }

    /** Why its time is not to be used; empty when it is. */
    private static String reason(NtpReply reply) {
        NtpReply.Fault fault = reply.fault();
        return fault == null ? "" : fault.reason();
    }

    private static NtpReply stratumZero(String code) {
        int id = ByteBuffer.wrap(code.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .getInt();
        return new NtpReply(3, 4, 4, 0, -20, 0, 0, id, 0, NONCE, 5, 6);
    }
}
