import dev.tare.harness.AffinityProfiler;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.profile.ProfilerException;

/** {@code -prof cpus} with any JMH, named as {@link iterations} is. */
@NullMarked
@SuppressWarnings({"DefaultPackage", "TypeNameCase"}) // The name is what users type.
public final class cpus extends AffinityProfiler {
    /** For {@link java.util.ServiceLoader}, as the profiler itself. */
    public cpus() {}

    /**
     * With options.
     *
     * @throws ProfilerException as the profiler itself
     */
    public cpus(String options) throws ProfilerException {
        super(options);
    }
}
