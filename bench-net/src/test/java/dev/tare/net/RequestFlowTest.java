package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tare.harness.arrival.ArrivalRate;
import dev.tare.harness.results.SecondaryResults;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flows of requests over a connection to a peer in this JVM. */
final class RequestFlowTest {
    private static final int BYTES = 64;

    private LoopbackPeer peer;
    private PeerLink link;
    private TcpStream connection;
    private RoundTrips trips;
    private final SecondaryResults results = new SecondaryResults();

    @BeforeEach
    void openConnection() throws Exception {
        peer = LoopbackPeer.open();
        link = peer.link();
        connection = link.session().openStream(Role.ECHO, new StreamOptions(BYTES, StreamOptions.KERNEL_CHOOSES, true));
        trips = new RoundTrips.OverConnection(connection.channel(), BYTES);
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        peer.close();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "16, true", "16, false"})
    void aClosedLoopKeepsItsRequestsOnTheirWayUntilTheIterationEnds(int outstanding, boolean blocks) throws Exception {
        RequestFlow flow = flow(outstanding, Optional.empty(), blocks);
        for (int iteration = 1; iteration <= 2; iteration++) {
            flow.begin();
            for (int trip = 0; trip < 300; trip++) {
                flow.exchange();
            }
            // Each response makes place for a request, which is sent with the next call.
            long onTheirWay = outstanding - 1L;
            assertThat(trips.count().total()).isEqualTo(iteration * 300L + (iteration - 1) * onTheirWay);

            flow.end(results);

            long completed = iteration * (300 + onTheirWay);
            assertThat(trips.count().total()).isEqualTo(completed);
            assertThat(link.session()
                            .count(connection.number(), completed * BYTES)
                            .total())
                    .isEqualTo(completed * BYTES);
            trips.verify();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "8, false"})
    void requestsThatAreDueAreSentWhenTheyAre(int outstanding, boolean blocks) throws Exception {
        RequestFlow flow = flow(outstanding, ArrivalRate.of("2000", "poisson"), blocks);
        flow.begin();
        for (int trip = 0; trip < 100; trip++) {
            flow.exchange();
        }
        flow.end(results);

        assertThat(trips.count().total()).isBetween(100L, 100L + outstanding - 1);
        trips.verify();
    }

    @Test
    void datagramsThatAreDueAreNotRepeatedWhileNothingIsAwaited() throws Exception {
        try (DatagramEcho echo = DatagramEcho.open();
                RoundTrips.OverUdp datagrams = new RoundTrips.OverUdp(echo.client(), BYTES, 1)) {
            RequestFlow flow =
                    new RequestFlow(datagrams, new RequestFlow.Options(1, ArrivalRate.of("4", "constant"), true), 0, 1);
            flow.begin();
            // Between two of them the resending thread looks twice.
            for (int trip = 0; trip < 3; trip++) {
                flow.exchange();
            }
            flow.end(results);

            assertThat(datagrams.resent()).isZero();
            assertThat(echo.echoed()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"closed, true", "2000, false"})
    void datagramsGoOutInBursts(String rate, boolean blocks) throws Exception {
        try (DatagramEcho echo = DatagramEcho.open();
                RoundTrips.OverUdp datagrams = new RoundTrips.OverUdp(echo.client(), BYTES, 8)) {
            echo.client().configureBlocking(blocks);
            RequestFlow flow = new RequestFlow(
                    datagrams, new RequestFlow.Options(8, ArrivalRate.of(rate, "poisson"), blocks), 0, 1);
            flow.begin();
            for (int trip = 0; trip < 100; trip++) {
                flow.exchange();
            }
            flow.end(results);

            assertThat(datagrams.count().total()).isBetween(rate.equals("closed") ? 107L : 100L, 107L);
            datagrams.verify();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4096 | 64 | closed | true | 1 | burst: expected requests of at most 131072 bytes together",
                "2 | 64 | 1000 | true | 1 | burst: expected 1, or waiting=spin, with a ratePerS, got \"2\"",
                "1 | 64 | 3 | true | 4 | ratePerS: expected at least 10 requests per second and thread, got 0.75",
            })
    void whatCannotBeHadTogetherIsRefused(
            int outstanding, int bytes, String rate, boolean blocks, int threads, String reason) {
        RequestFlow.Options options = new RequestFlow.Options(outstanding, ArrivalRate.of(rate, "constant"), blocks);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.require(bytes, threads))
                .withMessageStartingWith(reason);
    }

    @Test
    void oneLargeMessageAtATimeIsAllowed() {
        assertThatCode(() -> new RequestFlow.Options(1, Optional.empty(), true).require(64 << 20, 8))
                .doesNotThrowAnyException();
    }

    private RequestFlow flow(int outstanding, Optional<ArrivalRate> rate, boolean blocks) throws IOException {
        connection.channel().configureBlocking(blocks);
        return new RequestFlow(trips, new RequestFlow.Options(outstanding, rate, blocks), 0, 1);
    }
}
