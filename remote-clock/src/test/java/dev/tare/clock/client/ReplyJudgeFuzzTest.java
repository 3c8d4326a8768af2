package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.wire.NtpPacket;
import dev.tare.clock.wire.NtpTime;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets by the million against the client's parser. */
final class ReplyJudgeFuzzTest {
    private static final int PACKETS = 3_000_000;
    private static final int LONGEST = NtpPacket.BYTES + 24;
    private static final long SERVER_NS = 1_700_000_000_000_000_000L;
    private static final long SENT_NS = 1_000;
    private static final long ARRIVED_NS = 51_000;

    private final ReplyJudge judge = new ReplyJudge(SERVER_NS);
    private final ByteBuffer frame = ByteBuffer.allocateDirect(LONGEST);
    private final Random random = new Random(48);
    private int answered;

    @Test
    void whateverCarriesTheNonceIsJudgedAndAcceptedOnlyOfASynchronizedServerWithTimesThatFitTheRoundTrip() {
        for (int i = 0; i < PACKETS; i++) {
            long nonce = random.nextLong();
            genuineReply(nonce);
            int mutations = random.nextInt(4);
            for (int m = 0; m < mutations; m++) {
                mutate();
            }
            check(random.nextInt(50) == 0 ? random.nextInt(LONGEST + 1) : NtpPacket.BYTES, nonce);
        }
        // Otherwise the test would have tried nothing but refusals.
        assertThat(answered).isBetween(PACKETS / 5, PACKETS - PACKETS / 5);
    }

    @Test
    void randomBytesAreNeverAnAnswer() {
        byte[] bytes = new byte[LONGEST];
        for (int i = 0; i < PACKETS; i++) {
            random.nextBytes(bytes);
            frame.clear().put(bytes);
            assertThat(judge.judge(frame, random.nextInt(LONGEST + 1), random.nextLong(), SENT_NS, ARRIVED_NS))
                    .isNull();
        }
    }

    private void genuineReply(long nonce) {
        NtpPacket.writeRequest(frame, nonce);
        long receivedNs = SERVER_NS + random.nextInt(1_000_000_000);
        NtpPacket.writeReply(frame, -25, 1, NtpTime.fromUnixNs(receivedNs));
        NtpPacket.stamp(frame, NtpTime.fromUnixNs(receivedNs + random.nextInt(50_000)));
        frame.clear();
    }

    private void mutate() {
        int index = random.nextInt(NtpPacket.BYTES);
        switch (random.nextInt(4)) {
            case 0 -> frame.put(index, (byte) (frame.get(index) ^ (1 << random.nextInt(8))));
            case 1 -> frame.put(index, (byte) random.nextInt());
            case 2 -> frame.put(index, (byte) 0);
            default -> frame.put(index, (byte) 0xff);
        }
    }

    /** Recomputes from the bytes what the parser should have said. */
    private void check(int length, long nonce) {
        Exchanger.ExchangeOutcome outcome = judge.judge(frame, length, nonce, SENT_NS, ARRIVED_NS);
        boolean ours = length >= 32 && frame.getLong(24) == nonce;
        assertThat(outcome != null).isEqualTo(ours);
        if (outcome instanceof Exchanger.Rejection rejection) {
            assertThat(rejection.fault().reason()).isNotBlank().doesNotContain("null");
            assertThat(rejection.fault().advice()).isNotBlank();
        }
        if (!(outcome instanceof Exchanger.Answered answer)) {
            return;
        }
        answered++;
        assertThat(length).isGreaterThanOrEqualTo(NtpPacket.BYTES);
        assertThat(length % 4).isZero();
        assertThat(frame.get(0) & 0x07).isEqualTo(4);
        assertThat((frame.get(0) >> 3) & 0x07).isBetween(1, 4);
        assertThat(frame.get(0) & 0xc0).isNotEqualTo(0xc0);
        assertThat(frame.get(1)).isBetween((byte) 1, (byte) 15);
        long heldUnits = frame.getLong(40) - frame.getLong(32);
        assertThat(heldUnits).isNotNegative();
        long toleranceNs = (long) (2e9 * Math.scalb(1.0, Math.max(-32, Math.min(6, frame.get(3))))) + 8;
        assertThat(heldUnits / 4.294967296).isLessThanOrEqualTo(4.0 * (ARRIVED_NS - SENT_NS) + toleranceNs);
        assertThat(answer.exchange().sentNs()).isEqualTo(SENT_NS);
        assertThat(answer.exchange().arrivedNs()).isEqualTo(ARRIVED_NS);
    }
}
