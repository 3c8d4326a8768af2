package dev.tare.clock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.wire.NtpPacket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets by the million against the server's parser. */
final class ResponderFuzzTest {
    private static final int PACKETS = 3_000_000;

    private final ServerStatistics.Counters counters = new ServerStatistics.Counters();
    private final Responder responder = new Responder(
            new ServerTimescale(System::nanoTime, 1_700_000_000_000_000_000L),
            new TokenBuckets(1_000_000_000, 1_000_000_000),
            counters);
    private final ByteBuffer frame = ByteBuffer.allocateDirect(NtpPacket.BYTES + 1);
    private final Random random = new Random(4);

    @Test
    void randomAndMutatedPacketsAreAnsweredExactlyWhenTheyAreWellFormedAndNeverWithMoreBytes() {
        InetAddress client = InetAddress.getLoopbackAddress();
        byte[] bytes = new byte[NtpPacket.BYTES + 1];
        long answered = 0;
        for (int i = 0; i < PACKETS; i++) {
            random.nextBytes(bytes);
            frame.clear().put(bytes);
            if (random.nextInt(3) != 0) {
                NtpPacket.writeRequest(frame, random.nextLong());
                frame.put(random.nextInt(NtpPacket.BYTES), (byte) random.nextInt());
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(NtpPacket.BYTES + 2) : NtpPacket.BYTES;
            frame.position(0).limit(length);
            byte first = frame.limit() > 0 ? frame.get(0) : 0;
            long nonce = length == NtpPacket.BYTES ? frame.getLong(40) : 0;
            boolean wellFormed =
                    length == NtpPacket.BYTES && (first & 7) == 3 && ((first & 0x38) == 0x18 || (first & 0x38) == 0x20);
            assertThat(responder.prepare(frame, client, responder.nowNs())).isEqualTo(wellFormed);
            if (wellFormed) {
                answered++;
                responder.stamp(frame);
                assertThat(frame.remaining()).isEqualTo(length);
                assertThat(frame.get(0)).isEqualTo((byte) ((first & 0x38) | 4));
                assertThat(frame.getLong(24)).isEqualTo(nonce);
            }
        }
        ServerStatistics statistics = counters.snapshot();
        assertThat(statistics.requests()).isEqualTo(answered);
        assertThat(statistics.dropped()).isEqualTo(PACKETS - answered);
        assertThat(answered).isBetween(PACKETS / 5L, PACKETS - PACKETS / 5L);
    }
}
