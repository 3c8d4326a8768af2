package dev.tare.campaign.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.campaign.wire.WireMessage;
import dev.tare.runs.Configuration;
import dev.tare.runs.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentTest {
    private static final String HELLO = "{\"type\":\"hello\",\"protocol\":1,\"campaign\":\"c\",\"host\":\"vm1\","
            + "\"clock\":\"127.0.0.1:9\",\"token\":\"0123456789abcdef\",\"silenceS\":600}\n";

    @TempDir
    Path temporary;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /** A host on which every line is refused, or fails when it is measured. */
    private static final class DeadEnd implements HostWork {
        @Override
        public Description describe() {
            return new Description("0", new Fingerprint("p", "j", "m"), List.of(), "{}", new TreeMap<>());
        }

        @Override
        public PlannedLine plan(String line) throws RefusedLineException {
            if (line.startsWith("Bench")) {
                return new PlannedLine(new Configuration("a.Bench.x", "thrpt", 1, new TreeMap<>()), 1, 100, 3, 100);
            }
            throw new RefusedLineException("expected a filter that finds a benchmark, got " + line);
        }

        @Override
        public MeasuredLine measure(ForkOrder order) throws FailedForkException {
            throw new FailedForkException("the fork failed", new IOException("broken"));
        }

        @Override
        public String log() {
            return "what JMH said";
        }

        @Override
        public void stopForks() {}

        @Override
        public PassivePeer startPeer(InetAddress bind, int port, Path tokenFile) throws IOException {
            throw new IOException("no peers here");
        }
    }

    private boolean serve(String text) throws IOException {
        return serve(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean serve(byte[] bytes) throws IOException {
        return new Agent(new DeadEnd(), new ByteArrayInputStream(bytes), said, temporary, () -> {}).serve();
    }

    private List<String> lines() {
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void itSaysWhatItIsAndEndsWithItsChannelLeavingNothingBehind() throws IOException {
        assertThat(serve(HELLO + "{\"type\":\"ping\"}\n{\"type\":\"plan\",\"line\":\"Bench\"}\n"))
                .isFalse();

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).contains("\"type\":\"hello\"", "\"protocol\":" + WireMessage.PROTOCOL);
        assertThat(lines().get(2)).contains("\"benchmark\":\"a.Bench.x\"");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("jmh.lock", "tare-campaign.lock");
        }
    }

    @Test
    void anotherVersionOfTheProtocolIsRefusedInWords() throws IOException {
        serve(HELLO.replace("\"protocol\":1", "\"protocol\":2"));

        assertThat(lines()).singleElement().asString().contains("refused", "expected protocol 1", "--deploy");
    }

    @Test
    void aForkThatFailsIsToldWhenItIsAskedFor() throws IOException {
        serve(HELLO
                + "{\"type\":\"prepare\",\"attempt\":4,\"line\":\"Bench\",\"iterations\":3,\"always\":true,\"token\":true}\n"
                + "{\"type\":\"stop\",\"attempt\":4}\n{\"type\":\"bye\"}\n");

        assertThat(lines()).anyMatch(line -> line.contains("\"type\":\"failed\""));
    }

    @Test
    void aHostThatAnotherCampaignHasIsRefused() throws IOException {
        Files.writeString(temporary.resolve("jmh.lock"), "another, begun yesterday\n");
        try (HostLock other = HostLock.take(temporary, "another, begun yesterday")) {
            assertThat(other).isNotNull();
            serve(HELLO);
        }

        assertThat(lines()).singleElement().asString().contains("another campaign or JMH measures on this host");
    }

    @Test
    void anyBytesEndTheAgentInOrder() throws IOException {
        long seed = 20261129;
        Random random = new Random(seed);
        String script = HELLO + """
                {"type":"ping"}
                {"type":"plan","line":"Bench"}
                {"type":"prepare","attempt":1,"line":"Bench","iterations":3,"always":true,"token":false}
                {"type":"go","attempt":1,"atNs":5}
                {"type":"stop","attempt":1}
                {"type":"bye"}
                """;
        byte[] valid = script.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1500; i++) {
            byte[] bytes = valid.clone();
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                // Behind the greeting mostly: what a stranger sends instead of one is refused at once.
                int at = random.nextInt(10) == 0
                        ? random.nextInt(bytes.length)
                        : HELLO.length() + random.nextInt(bytes.length - HELLO.length());
                bytes[at] = (byte) random.nextInt(256);
            }
            said.reset();
            serve(bytes);
            assertThat(lines()).as("seed %d, case %d", seed, i).allMatch(line -> line.startsWith("{\"type\":"));
        }
    }
}
