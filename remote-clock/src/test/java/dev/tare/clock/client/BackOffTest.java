package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.estimate.NtpExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does after a kiss-o'-death, in virtual time: a poll of four requests each quarter of a second. */
final class BackOffTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long ROUND_TRIP_NS = 50_000;
    private static final long POLL_NS = SECOND_NS / 4;
    private static final Exchanger.Kiss RATE = new Exchanger.Kiss("RATE");

    private long nowNs = -SECOND_NS;
    private final BackOff backOff = new BackOff(() -> nowNs);

    /** A server that decides by the time of a request, on a network without losses. */
    private final class SimulatedServer implements Exchanger {
        private final LongFunction<Exchanger.ExchangeOutcome> answers;
        private final List<Long> askedNs = new ArrayList<>();
        private int kisses;

        SimulatedServer(LongFunction<Exchanger.ExchangeOutcome> answers) {
            this.answers = answers;
        }

        @Override
        public Exchanger.ExchangeOutcome exchange(long timeoutNs) {
            askedNs.add(nowNs);
            Exchanger.ExchangeOutcome outcome = answers.apply(nowNs);
            kisses += outcome instanceof Exchanger.Kiss ? 1 : 0;
            nowNs += ROUND_TRIP_NS;
            return outcome;
        }

        @Override
        public ExchangeCounts counts() {
            return new ExchangeCounts(askedNs.size(), askedNs.size() - kisses, 0, 0, kisses, 0);
        }

        @Override
        public void close() {}

        NtpRequests asked() {
            return new NtpRequests(new ClockAddress("192.0.2.1", 123, ClockTransport.UDP), this, SECOND_NS, backOff);
        }

        long requestsBetween(long beginNs, long endNs) {
            return askedNs.stream().filter(at -> at >= beginNs && at < endNs).count();
        }
    }

    private static Exchanger.ExchangeOutcome answer(long atNs) {
        return new Exchanger.Answered(new NtpExchange(atNs, atNs, atNs, atNs + ROUND_TRIP_NS, 0));
    }

    private void poll(NtpRequests requests, long seconds) {
        long endNs = nowNs + seconds * SECOND_NS;
        while (nowNs < endNs) {
            requests.burst(4);
            nowNs += POLL_NS;
        }
    }

    @Test
    void clientThatIsNeverToldOffPollsAtItsOwnPace() {
        SimulatedServer server = new SimulatedServer(BackOffTest::answer);
        poll(server.asked(), 60);
        assertThat(server.counts().sent()).isBetween(4 * 4 * 60L - 4, 4 * 4 * 60L + 4);
    }

    @Test
    void everyRateKissEndsItsBurstAndDoublesTheTimeToTheNextUpTo64Seconds() {
        SimulatedServer server = new SimulatedServer(atNs -> RATE);
        poll(server.asked(), 400);
        for (int i = 1; i < server.askedNs.size(); i++) {
            long pauseNs = server.askedNs.get(i) - server.askedNs.get(i - 1);
            long expectedNs = Math.min(64, 1L << (i - 1)) * SECOND_NS;
            assertThat(pauseNs).isBetween(expectedNs, expectedNs + 2 * POLL_NS);
        }
        // 0, 1, 3, 7, 15, 31, 63, 127, 191, 255, 319, 383 s.
        assertThat(server.askedNs).hasSize(12);
    }

    @Test
    void clientSettlesBelowTheRateThatItsServerGrantsAndStaysThere() {
        // chronyd's usual limit: a request each 8 s, eight at once.
        long[] tokens = {8 * 8 * SECOND_NS, nowNs};
        SimulatedServer server = new SimulatedServer(atNs -> {
            tokens[0] = Math.min(8 * 8 * SECOND_NS, tokens[0] + atNs - tokens[1]);
            tokens[1] = atNs;
            if (tokens[0] < 8 * SECOND_NS) {
                return RATE;
            }
            tokens[0] -= 8 * SECOND_NS;
            return answer(atNs);
        });
        NtpRequests requests = server.asked();
        poll(requests, 600);
        int kissesUntilSettled = server.kisses;
        long settledNs = nowNs;
        poll(requests, 3600);
        assertThat(kissesUntilSettled).isBetween(1, 8);
        assertThat(server.kisses).isEqualTo(kissesUntilSettled);
        assertThat(server.requestsBetween(settledNs, nowNs)).isBetween(3600L / 64 * 3, 3600L / 8 + 8);
    }

    @Test
    void demandIsMeantForAllWhoAskForOneClock() {
        SimulatedServer polled = new SimulatedServer(atNs -> RATE);
        SimulatedServer witness = new SimulatedServer(BackOffTest::answer);
        NtpRequests readings = witness.asked();
        assertThat(polled.asked().burst(4)).isEmpty();
        assertThat(readings.burst(16)).isEmpty();
        assertThat(witness.askedNs).isEmpty();
        nowNs += SECOND_NS;
        assertThat(readings.burst(16)).hasSize(16);
        assertThat(polled.asked().burst(4)).isEmpty();
        assertThat(polled.askedNs).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DENY", "RSTR", "NKEY"})
    void serverThatDeniesIsNeverAskedAgainAndTheMessageSaysWhy(String code) {
        SimulatedServer server = new SimulatedServer(atNs -> new Exchanger.Kiss(code));
        NtpRequests requests = server.asked();
        poll(requests, 24 * 3600);
        assertThat(server.askedNs).hasSize(1);
        assertThat(requests.refused()).isTrue();
        assertThat(requests.unreachable())
                .hasMessageContaining("got the demand to be left alone (" + code + ")")
                .hasMessageContaining("use a server of your own");
    }

    @Test
    void rateAfterADenialGrantsNothing() {
        backOff.heed(new Exchanger.Kiss("DENY"));
        backOff.heed(RATE);
        nowNs += 1000 * SECOND_NS;
        assertThat(backOff.mayBegin()).isFalse();
        assertThat(backOff.allowsWithin(Long.MAX_VALUE)).isFalse();
    }
}
