import dev.tare.clock.profile.RemoteClockProfiler;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.profile.ProfilerException;

/**
 * {@code -prof remoteclock:server=HOST:PORT} with any JMH: JMH looks for a profiler by the name of its class, and a name of one word is that of a
 * class in the default package.
 */
@NullMarked
@SuppressWarnings({"DefaultPackage", "TypeNameCase"}) // The name is what users type.
public final class remoteclock extends RemoteClockProfiler {
    /** For {@link java.util.ServiceLoader}, as the profiler itself. */
    public remoteclock() {}

    /**
     * With options.
     *
     * @throws ProfilerException as the profiler itself
     */
    public remoteclock(String options) throws ProfilerException {
        super(options);
    }
}
