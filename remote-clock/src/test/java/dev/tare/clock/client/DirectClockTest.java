package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.estimate.NtpExchange;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** How a direct clock reads its server, in virtual time: 16 requests a reading, and more when all of them were held up. */
final class DirectClockTest {
    private static final int REQUESTS = Discipline.standard().requestsPerReading();
    private static final long USUAL_NS = 5_000;
    private static final long HELD_UP_NS = 500_000;
    private static final ClockAddress ADDRESS = new ClockAddress("192.0.2.1", 123, ClockTransport.UDP);

    private long nowNs;
    private long sent;

    private DirectClock clock(LongUnaryOperator oneWayNsOfRequest) {
        Exchanger exchanger = new Exchanger() {
            @Override
            public Exchanger.ExchangeOutcome exchange(long timeoutNs) {
                long oneWayNs = oneWayNsOfRequest.applyAsLong(sent++);
                long sentNs = nowNs;
                nowNs += 2 * oneWayNs;
                return new Exchanger.Answered(new NtpExchange(sentNs, sentNs + oneWayNs, sentNs + oneWayNs, nowNs, 0));
            }

            @Override
            public ExchangeCounts counts() {
                return new ExchangeCounts(sent, sent, 0, 0, 0, 0);
            }

            @Override
            public void close() {}
        };
        NtpRequests requests = new NtpRequests(
                ADDRESS, exchanger, Discipline.standard().timeout().toNanos(), new BackOff(() -> nowNs));
        return DirectClock.asking(ADDRESS, ADDRESS, Discipline.standard(), requests);
    }

    private static long widthNs(ClockReading reading) {
        return reading.latestNs() - reading.earliestNs();
    }

    @Test
    void readingThatWasHeldUpIsRepeated() {
        DirectClock clock = clock(request -> request / REQUESTS == 1 ? HELD_UP_NS : USUAL_NS);
        assertThat(widthNs(clock.read())).isEqualTo(2 * USUAL_NS);
        assertThat(sent).isEqualTo(REQUESTS);
        assertThat(widthNs(clock.read())).isEqualTo(2 * USUAL_NS);
        assertThat(sent).isEqualTo(3L * REQUESTS);
    }

    @Test
    void oneQuickAnswerIsEnough() {
        DirectClock clock = clock(request -> request > REQUESTS && request % 8 > 1 ? HELD_UP_NS : USUAL_NS);
        clock.read();
        clock.read();
        assertThat(sent).isEqualTo(2L * REQUESTS);
    }

    @Test
    void networkThatBecameSlowerIsGotUsedTo() {
        DirectClock clock = clock(request -> request < REQUESTS ? USUAL_NS : HELD_UP_NS);
        clock.read();
        long before = sent;
        assertThat(widthNs(clock.read())).isEqualTo(2 * HELD_UP_NS);
        assertThat(sent - before).isEqualTo(4L * REQUESTS);
        for (int readings = 0; readings < 10; readings++) {
            clock.read();
        }
        before = sent;
        clock.read();
        assertThat(sent - before).isEqualTo(REQUESTS);
    }
}
