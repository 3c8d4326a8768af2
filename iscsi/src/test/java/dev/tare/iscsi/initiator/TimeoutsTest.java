package dev.tare.iscsi.initiator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.PduSender;
import dev.tare.iscsi.pdu.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the clock is looked at, with a clock that the test moves. */
class TimeoutsTest {
    private static final long SEED = 20260105;
    private static final long LONGEST_NS = 4_500_000_000L;

    private ServerSocketChannel listener;
    private Wire wire;
    private Timeouts timeouts;
    private long nowNs = System.nanoTime();
    private long lookedNs = nowNs;
    private long looks;

    @BeforeEach
    void connect() throws Exception {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        wire = Wire.connect((InetSocketAddress) listener.getLocalAddress(), false, Duration.ofSeconds(10));
        CommandWindow window = new CommandWindow(1, 64, 1);
        SessionEvents events = new SessionEvents();
        SessionParameters parameters = SessionParameters.wanted(false, false);
        Requests requests = new Requests(new PduSender(wire), new Task[0], parameters, window, events, 0);
        ControlResponses control = new ControlResponses(window, requests, events);
        timeouts = new Timeouts(new Task[0], control, Duration.ofSeconds(30), 0, wire);
    }

    @AfterEach
    void close() throws Exception {
        wire.close();
        listener.close();
    }

    /** One turn in which the target lets so much time pass, or nothing comes before the wait ends. */
    private void turn(long tookNs) throws Exception {
        long waitNs = timeouts.waitMs() * 1_000_000L;
        boolean inVain = tookNs >= waitNs;
        nowNs += Math.min(tookNs, waitNs);
        timeouts.heard(!inVain);
        if (timeouts.isDue(inVain)) {
            assertThat(nowNs - lookedNs).as("time without a look at the clock").isLessThan(LONGEST_NS);
            lookedNs = nowNs;
            looks++;
            assertThat(timeouts.tick(nowNs)).isNull();
        }
    }

    @Test
    void quickTurnsCostAlmostNoLooks() throws Exception {
        for (int i = 0; i < 1_000_000; i++) {
            turn(50_000);
        }
        assertThat(looks).isLessThan(2_000);
    }

    @Test
    void aTargetThatBeginsToDribbleIsLookedAfterInSeconds() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            turn(20_000);
        }
        for (int i = 0; i < 10_000; i++) {
            turn(200_000_000);
        }
        assertThat(nowNs - lookedNs).isLessThan(LONGEST_NS);
    }

    @Test
    void silenceIsCountedFromTheLastWord() throws Exception {
        timeouts.heard(true);
        assertThat(timeouts.tick(nowNs)).isNull();
        timeouts.heard(true);
        assertThat(timeouts.tick(nowNs + 3_600_000_000_000L)).isNull();
        assertThatThrownBy(() -> timeouts.tick(nowNs + 3_631_000_000_000L))
                .hasMessageContaining("nothing heard from")
                .hasMessageContaining("for 31000 ms");
    }

    @Test
    void noRhythmKeepsTheClockUnseenForLong() throws Exception {
        System.out.println("seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int phase = 0; phase < 2_000; phase++) {
            long longestNs = 1L << random.nextInt(10, 31);
            int turns = random.nextInt(1, 6_000);
            for (int i = 0; i < turns; i++) {
                turn(random.nextLong(longestNs));
            }
        }
    }
}
