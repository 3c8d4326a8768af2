package dev.tare.profiles.jmh;

import dev.tare.io.profile.IoProfiler;
import dev.tare.net.profile.NetProfiler;
import java.util.List;
import org.openjdk.jmh.profile.Profiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What our benchmarks know and JMH's counters, which it adds up, cannot carry: response times, the processor time of an I/O
 * or a transfer, the loss of datagrams. The profilers that tell it are on in every run; they change nothing in what is
 * measured and are silent about other benchmarks.
 */
public final class DefaultProfilers {
    private static final List<Class<? extends Profiler>> PROFILERS = List.of(IoProfiler.class, NetProfiler.class);

    private DefaultProfilers() {}

    /** The same options with those of the profilers that they do not have. */
    public static Options in(Options options) {
        ChainedOptionsBuilder all = new OptionsBuilder().parent(options);
        for (Class<? extends Profiler> profiler : PROFILERS) {
            if (options.getProfilers().stream()
                    .noneMatch(asked -> asked.getKlass().equals(profiler.getName()))) {
                all.addProfiler(profiler);
            }
        }
        return all.build();
    }
}
