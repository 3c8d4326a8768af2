package dev.tare.clock.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The Java agent. {@code -javaagent:JAR=server=HOST:PORT,...} opens the clock before the program's {@code main} and
 * swaps it into JMH's generated classes; without arguments, and as {@code Launcher-Agent-Class} of a jar that runs with
 * {@code java -jar}, it only makes that possible later, for benchmarks that run without forks.
 */
public final class ClockAgent {
    private static volatile @Nullable Instrumentation instrumentation;
    private static volatile @Nullable NanoTimeSwap swap;

    private ClockAgent() {}

    /** Called by the JVM for {@code -javaagent}. */
    public static void premain(@Nullable String arguments, Instrumentation offered) {
        instrumentation = offered;
        if (arguments != null && !arguments.isEmpty()) {
            ClockSettings settings = ClockSettings.parse(arguments);
            if (MeasuringClock.open(settings) && settings.swap()) {
                swap();
            }
        }
    }

    /** Called by the JVM for {@code Launcher-Agent-Class}. */
    public static void agentmain(@Nullable String arguments, Instrumentation offered) {
        premain(arguments, offered);
    }

    /**
     * Swaps the clock in all generated classes that are loaded from now on.
     *
     * @return false when this JVM was started without the agent
     */
    public static synchronized boolean swap() {
        Instrumentation offered = instrumentation;
        if (offered == null) {
            return false;
        }
        if (swap == null) {
            NanoTimeSwap transformer = new NanoTimeSwap();
            offered.addTransformer(transformer);
            swap = transformer;
        }
        return true;
    }

    /** Whether a generated class was loaded with its clock swapped. */
    public static boolean hasSwapped(String className) {
        NanoTimeSwap transformer = swap;
        return transformer != null && transformer.hasSwapped(className);
    }
}
