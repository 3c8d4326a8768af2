package dev.tare.profiles.jmh;

import dev.tare.app.profile.AppProfiler;
import dev.tare.clock.profile.RemoteClockProfiler;
import dev.tare.io.profile.IoProfiler;
import dev.tare.net.profile.NetProfiler;
import dev.tare.os.profile.OsProfiler;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.Profiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.ProfilerConfig;

/**
 * Our profilers: those that are on in every run, and one name for each.
 *
 * <p>What our benchmarks know and JMH's counters, which it adds up, cannot carry: response times, the processor time of an I/O,
 * a transfer or a transaction, the loss of datagrams, how late timers are. The profilers that tell it are on in every run; they change nothing in what is
 * measured and are silent about other benchmarks.
 *
 * <p>A profiler's short name is that of a class in the default package, which JMH finds by itself. The launcher spells all
 * by the class with the long name, so that a profile's profiler and the command line's are seen to be one.
 */
public final class Profilers {
    private static final List<Class<? extends Profiler>> DEFAULTS =
            List.of(IoProfiler.class, NetProfiler.class, OsProfiler.class, AppProfiler.class);

    private static final Pattern TERSE = Pattern.compile("verbosity\\s*=\\s*terse");

    private Profilers() {}

    /** The same options with those of the profilers that they do not have. */
    public static Options withDefaults(Options options) {
        ChainedOptionsBuilder all = new OptionsBuilder().parent(options);
        for (Class<? extends Profiler> profiler : DEFAULTS) {
            if (!has(options, profiler)) {
                all.addProfiler(profiler);
            }
        }
        return all.build();
    }

    /** Whether a profiler is among the options'. */
    public static boolean has(Options options, Class<? extends Profiler> profiler) {
        return options.getProfilers().stream()
                .anyMatch(asked -> asked.getKlass().equals(profiler.getName()));
    }

    /** Whether the remote clock's profiler is asked for few results. */
    static boolean wantsTerseClock(Options options) {
        return clocks(options).anyMatch(clock -> TERSE.matcher(clock.getOpts()).find());
    }

    /**
     * The same options with all results of the remote clock, for a launcher that hides by itself what is not to be shown: JMH
     * writes to files what the profiler yields, and there everything is wanted.
     */
    static Options withAllOfTheClock(Options options) {
        ChainedOptionsBuilder clock = new OptionsBuilder();
        clocks(options)
                .forEach(asked -> clock.addProfiler(
                        RemoteClockProfiler.class,
                        TERSE.matcher(asked.getOpts()).replaceAll("verbosity=normal")));
        return wantsTerseClock(options) ? new OverlaidOptions(clock.build(), options) : options;
    }

    private static Stream<ProfilerConfig> clocks(Options options) {
        return options.getProfilers().stream()
                .filter(asked -> asked.getKlass().equals(RemoteClockProfiler.class.getName()));
    }

    /** A profiler {@code name[:options]}, spelled by its class if it is one of ours. */
    static String withClassName(String profiler) {
        int colon = profiler.indexOf(':');
        String name = colon < 0 ? profiler : profiler.substring(0, colon);
        if (name.indexOf('.') >= 0) {
            return profiler;
        }
        try {
            Class<?> named = Class.forName(name);
            return Profiler.class.isAssignableFrom(named)
                    ? named.getSuperclass().getName() + profiler.substring(name.length())
                    : profiler;
        } catch (ClassNotFoundException jmhsOwnOrNone) {
            return profiler;
        }
    }
}
