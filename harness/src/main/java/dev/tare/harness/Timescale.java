package dev.tare.harness;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The time that records of iterations carry: this machine's own clock, unless a clock of another machine takes its place
 * with {@link #use}.
 */
public interface Timescale {
    /** What records say of it, such as {@code local clock}; the same in the whole life of a JVM. */
    String name();

    /**
     * Reads it. Called before and after iterations, never within; it may take a round trip to another machine, but must come
     * back. What it throws fails the iteration.
     */
    Reading now();

    /**
     * A reading.
     *
     * @param epochNs nanoseconds since 1970-01-01T00:00Z, without leap seconds
     * @param boundNs how far the reading may be from the true time of its timescale, either way; empty when unknown
     */
    record Reading(long epochNs, OptionalLong boundNs) {}

    /** Makes all records of this JVM from now on carry another time; the agent of a clock calls it before the first iteration. */
    static void use(Timescale timescale) {
        Local.inUse = Objects.requireNonNull(timescale, "timescale");
    }

    /** The time that records of this JVM carry now. */
    static Timescale inUse() {
        return Local.inUse;
    }

    /**
     * This machine's clock: the time of day once, and from then on the monotonic clock, so that a step of the time of day does
     * not tear an iteration. Nothing is known of its error.
     */
    final class Local implements Timescale {
        private static volatile Timescale inUse = new Local();

        private final long startEpochNs;
        private final long startNs;

        private Local() {
            Instant now = Instant.now();
            startNs = System.nanoTime();
            startEpochNs = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
        }

        @Override
        public String name() {
            return "local clock";
        }

        @Override
        public Reading now() {
            return new Reading(startEpochNs + (System.nanoTime() - startNs), OptionalLong.empty());
        }
    }
}
