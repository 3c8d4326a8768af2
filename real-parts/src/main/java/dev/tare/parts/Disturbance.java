package dev.tare.parts;

import java.util.random.RandomGenerator;

/**
 * What a bad network does to packets on their way, in either direction.
 *
 * @param thereNs least delay from client to server
 * @param backNs least delay from server to client
 * @param jitterNs mean of an exponentially distributed delay on top of either; reorders packets where it is large
 * @param loss share of packets that vanish
 * @param duplication share of packets that arrive twice
 * @param forgery share of replies before which a forged copy with a wrong nonce and wrong times arrives
 */
public record Disturbance(long thereNs, long backNs, long jitterNs, double loss, double duplication, double forgery) {
    /** Nothing is disturbed. */
    public static Disturbance none() {
        return new Disturbance(0, 0, 0, 0, 0, 0);
    }

    /** The relay of the accuracy goals: 0.3 ms each way, jitter of 0.3 ms, 5 % loss, 1 % duplication. */
    public static Disturbance badNetwork() {
        return new Disturbance(300_000, 300_000, 300_000, 0.05, 0.01, 0);
    }

    boolean loses(RandomGenerator random) {
        return random.nextDouble() < loss;
    }

    boolean duplicates(RandomGenerator random) {
        return random.nextDouble() < duplication;
    }

    boolean forges(RandomGenerator random) {
        return random.nextDouble() < forgery;
    }

    long delayNs(boolean there, RandomGenerator random) {
        return (there ? thereNs : backNs) + (long) (jitterNs * random.nextExponential());
    }
}
