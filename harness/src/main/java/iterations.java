import dev.tare.harness.IterationProfiler;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.profile.ProfilerException;

/**
 * {@code -prof iterations} with any JMH: JMH looks for a profiler by the name of its class, and a name of one word is that of a
 * class in the default package.
 */
@NullMarked
@SuppressWarnings({"DefaultPackage", "TypeNameCase"}) // The name is what users type.
public final class iterations extends IterationProfiler {
    /** For {@link java.util.ServiceLoader}, as the profiler itself. */
    public iterations() {}

    /**
     * With options.
     *
     * @throws ProfilerException as the profiler itself
     */
    public iterations(String options) throws ProfilerException {
        super(options);
    }
}
