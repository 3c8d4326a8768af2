package dev.tare.campaign.agent;

import dev.tare.campaign.wire.WireMessage;
import dev.tare.runs.Configuration;
import dev.tare.runs.Fingerprint;
import dev.tare.runs.ForkJson;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an agent can do on its host: the launcher's own plans, forks and peers. */
public interface HostWork {
    /** What this host, its JVM and its program are. */
    Description describe();

    /**
     * What a JMH command line measures here.
     *
     * @throws RefusedLineException when it is none, or measures something else than one configuration
     */
    PlannedLine plan(String line) throws RefusedLineException;

    /**
     * Measures one fork of it, with the remote clock.
     *
     * @throws RefusedLineException as {@link #plan} does
     * @throws FailedForkException when it yields no result
     */
    MeasuredLine measure(ForkOrder order) throws RefusedLineException, FailedForkException;

    /** What JMH and the last fork said, for people. */
    String log();

    /** Ends at once all forks that measure now, and returns without waiting for them. */
    void stopForks();

    /** Starts the passive end of network benchmarks on a port of its own. */
    PassivePeer startPeer(InetAddress bind, int port, Path tokenFile) throws IOException;

    /**
     * A host, as a campaign keeps it.
     *
     * @param version Tare's
     * @param fingerprint what must stay the same for a campaign's forks
     * @param jvmFlags of the agent, which forks inherit
     * @param environmentJson what a run folder keeps of a machine
     * @param found the few facts of it that a campaign's header shows
     */
    record Description(
            String version,
            Fingerprint fingerprint,
            List<String> jvmFlags,
            String environmentJson,
            SortedMap<String, String> found) {
        /** What an agent has answered. */
        public static Description read(JsonCursor hello) throws UnreadableRunException {
            List<String> flags = new ArrayList<>();
            for (JsonCursor flag : hello.get("jvmFlags").elements()) {
                flags.add(flag.text());
            }
            SortedMap<String, String> found = new TreeMap<>();
            for (Map.Entry<String, JsonCursor> fact :
                    hello.get("found").fields().entrySet()) {
                found.put(fact.getKey(), fact.getValue().text());
            }
            return new Description(
                    hello.get("version").text(),
                    new Fingerprint(
                            hello.get("program").text(),
                            hello.get("jvm").text(),
                            hello.get("machine").text()),
                    flags,
                    hello.get("environment").text(),
                    found);
        }

        /** The answer to {@code hello}. */
        WireMessage message() {
            WireMessage hello = WireMessage.of("hello")
                    .with("protocol", WireMessage.PROTOCOL)
                    .with("version", version)
                    .with("program", fingerprint.program())
                    .with("jvm", fingerprint.jvm())
                    .with("machine", fingerprint.machine())
                    .with("environment", environmentJson);
            jvmFlags.forEach(hello.body().putArray("jvmFlags")::add);
            found.forEach(hello.body().putObject("found")::put);
            return hello;
        }
    }

    /**
     * A line's one configuration and its times.
     *
     * @param warmups iterations of warm-up
     * @param warmupMs of one
     * @param iterations that are measured
     * @param iterationMs of one; 0 where they end with their work
     */
    record PlannedLine(Configuration configuration, int warmups, long warmupMs, int iterations, long iterationMs) {
        /** What an agent has answered. */
        public static PlannedLine read(JsonCursor planned) throws UnreadableRunException {
            return new PlannedLine(
                    Configuration.read(planned.get("configuration")),
                    planned.get("warmups").count(),
                    planned.get("warmupMs").whole(),
                    planned.get("iterations").count(),
                    planned.get("iterationMs").whole());
        }

        /** The answer to {@code plan}. */
        WireMessage message() {
            WireMessage planned = WireMessage.of("planned")
                    .with("warmups", warmups)
                    .with("warmupMs", warmupMs)
                    .with("iterations", iterations)
                    .with("iterationMs", iterationMs);
            planned.body().set("configuration", configuration.json());
            return planned;
        }

        /**
         * The same in the time of a better clock than the host's own, by which JMH ends iterations.
         *
         * @param rate how many seconds of the host's own clock are one of the other
         */
        public PlannedLine inCommonTime(double rate) {
            return new PlannedLine(
                    configuration, warmups, Math.round(warmupMs / rate), iterations, Math.round(iterationMs / rate));
        }
    }

    /**
     * What to measure.
     *
     * @param line a JMH command line
     * @param iterations how many measured iterations, padding included
     * @param gate path of the Unix socket of the gate
     * @param clock where the clock server is, {@code HOST:PORT}
     * @param always whether the score is measured with the remote clock; else it gives the iterations' instants alone
     */
    record ForkOrder(String line, int iterations, Path gate, String clock, boolean always) {}

    /** What one fork yielded; see {@link dev.tare.runs.ForkEntry}. */
    record MeasuredLine(
            Configuration configuration,
            Instant started,
            double seconds,
            Map<String, String> facts,
            List<String> iterations,
            Map<String, String> histograms,
            ForkJson result) {}

    /** A passive end that listens. */
    interface PassivePeer extends Closeable {
        /** Where. */
        InetSocketAddress address() throws IOException;
    }

    /** A line that cannot be measured; the message says why. */
    final class RefusedLineException extends Exception {
        private static final long serialVersionUID = 1;

        /** @param message what was expected, what came */
        public RefusedLineException(String message) {
            super(message);
        }
    }

    /** A fork that yielded no result; the message is the benchmark's. */
    final class FailedForkException extends Exception {
        private static final long serialVersionUID = 1;

        /** @param message what the fork said */
        public FailedForkException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
