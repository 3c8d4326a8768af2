package dev.tare.clock.profile;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.agent.ClockSettings;
import dev.tare.clock.client.DirectClock;
import dev.tare.clock.client.Discipline;
import dev.tare.machine.virtualization.Virtualization;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clock that a benchmark is measured with.
 *
 * @param settings the remote clock, if one is asked at all
 * @param label what results say of the clock, one clause
 */
record ClockChoice(Optional<ClockSettings> settings, String label) {
    private static final String SWAP = "swap";
    private static final String AUDIT = "audit";
    private static final Set<ClockSettings> CHECKED = ConcurrentHashMap.newKeySet();

    /**
     * Chooses by the user's options and by what the machine runs on.
     *
     * @throws IllegalArgumentException when a guest has no server to be measured with, with what to do
     */
    static ClockChoice of(ProfilerOptions options, Virtualization here) {
        return switch (options.when()) {
            case ALWAYS -> remote(options, "when=always");
            case NEVER ->
                options.server().isPresent() ? audited(options, options.server().get()) : local(here);
            case VIRTUAL ->
                !here.clockMayBeVirtual() || options.noServer()
                        ? local(here)
                        : remote(options, "this machine runs on " + here.summary());
        };
    }

    /** The choice of the JVM that started this one as a fork, which must not choose anew. */
    static ClockChoice inFork(ProfilerOptions options, String property) {
        return switch (property) {
            case SWAP -> remote(options, "the host chose so");
            case AUDIT -> audited(options, options.server().orElseThrow());
            default -> new ClockChoice(Optional.empty(), property);
        };
    }

    /** The choice as a system property's value for a fork. */
    String property() {
        return swaps() ? SWAP : settings.isPresent() ? AUDIT : label;
    }

    /** Whether the score is measured with the remote clock. */
    boolean swaps() {
        return settings.isPresent() && settings.get().swap();
    }

    /**
     * Asks the server at the first call for these settings in this JVM: later instances of the profiler must not fail when
     * they are made.
     *
     * @throws ClockUnreachableException when the server is silent
     */
    void checkServerOnce() {
        settings.filter(CHECKED::add).ifPresent(ClockChoice::ask);
    }

    /**
     * Asks the server whether it is there.
     *
     * @throws ClockUnreachableException when it is silent
     */
    void checkServer() {
        settings.ifPresent(ClockChoice::ask);
    }

    private static void ask(ClockSettings settings) {
        DirectClock.open(settings.address(), Discipline.standard()).close();
    }

    private static ClockChoice remote(ProfilerOptions options, String reason) {
        ClockAddress server = options.server()
                .orElseThrow(() -> new IllegalArgumentException("a clock server is needed: "
                        + reason
                        + ", expected server=HOST:PORT, got none. Run `java -jar benchmarks.jar clock --bind ADDRESS` on"
                        + " a native machine and name it, or accept this machine's own clock with "
                        + (options.when() == ProfilerOptions.When.ALWAYS ? "when=never" : "server=none")));
        ClockSettings settings = options.settings(server, true);
        return new ClockChoice(Optional.of(settings), settings.label());
    }

    private static ClockChoice audited(ProfilerOptions options, ClockAddress server) {
        ClockSettings settings = options.settings(server, false);
        return new ClockChoice(Optional.of(settings), "local clock, audited against " + settings.label());
    }

    private static ClockChoice local(Virtualization here) {
        return new ClockChoice(Optional.empty(), here.localClockLabel());
    }
}
