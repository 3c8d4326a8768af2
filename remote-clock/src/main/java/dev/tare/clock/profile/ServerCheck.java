package dev.tare.clock.profile;

import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.agent.ClockSettings;
import dev.tare.clock.client.DirectClock;
import dev.tare.clock.client.Discipline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the server whether it is there, before anything is measured. */
final class ServerCheck {
    private static final Set<ClockSettings> CHECKED = ConcurrentHashMap.newKeySet();

    private ServerCheck() {}

    /**
     * Asks at the first call for these settings in this JVM: later instances must not fail when they are made.
     *
     * @throws ClockUnreachableException when the server is silent
     */
    static void once(ClockChoice choice) {
        choice.settings().filter(CHECKED::add).ifPresent(ServerCheck::ask);
    }

    /**
     * Asks now.
     *
     * @throws ClockUnreachableException when the server is silent
     */
    static void now(ClockChoice choice) {
        choice.settings().ifPresent(ServerCheck::ask);
    }

    private static void ask(ClockSettings settings) {
        DirectClock.open(settings.address(), Discipline.standard()).close();
    }
}
