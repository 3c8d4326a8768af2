import dev.tare.net.profile.NetProfiler;
import org.jspecify.annotations.NullMarked;

/**
 * {@code -prof net} with any JMH: JMH looks for a profiler by the name of its class, and a name of one word is that of a
 * class in the default package.
 */
@NullMarked
@SuppressWarnings({"DefaultPackage", "TypeNameCase"}) // The name is what users type.
public final class net extends NetProfiler {}
