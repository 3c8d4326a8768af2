package dev.tare.clock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.wire.Request;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets by the million against the server's parser. */
final class ResponderFuzzTest {
    private static final int PACKETS = 3_000_000;

    private final ServerCounters counters = new ServerCounters();
    private final Responder responder = new Responder(
            new Timescale(System::nanoTime, 1_700_000_000_000_000_000L),
            new TokenBuckets(1_000_000_000, 1_000_000_000),
            counters);
    private final ByteBuffer frame = ByteBuffer.allocateDirect(Request.BYTES + 1);
    private final Random random = new Random(4);

    @Test
    void randomAndMutatedPacketsAreAnsweredExactlyWhenTheyAreWellFormedAndNeverWithMoreBytes() {
        InetAddress client = InetAddress.getLoopbackAddress();
        byte[] bytes = new byte[Request.BYTES + 1];
        long answered = 0;
        for (int i = 0; i < PACKETS; i++) {
            random.nextBytes(bytes);
            frame.clear().put(bytes);
            if (random.nextInt(3) != 0) {
                Request.write(frame, random.nextLong());
                frame.put(random.nextInt(Request.BYTES), (byte) random.nextInt());
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(Request.BYTES + 2) : Request.BYTES;
            frame.position(0).limit(length);
            byte first = frame.limit() > 0 ? frame.get(0) : 0;
            long nonce = length == Request.BYTES ? frame.getLong(40) : 0;
            boolean wellFormed =
                    length == Request.BYTES && (first & 7) == 3 && ((first & 0x38) == 0x18 || (first & 0x38) == 0x20);
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
