package dev.tare.clock;

/** A clock that only counts: nanoseconds since an origin of its own, never going back, like {@link System#nanoTime()}. */
@FunctionalInterface
public interface NanoSource {
    /** Nanoseconds since this clock's arbitrary origin; only differences mean anything. */
    long nanoTime();
}
