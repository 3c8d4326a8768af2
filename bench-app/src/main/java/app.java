import dev.tare.app.profile.AppProfiler;
import org.jspecify.annotations.NullMarked;

/**
 * {@code -prof app} with any JMH: JMH looks for a profiler by the name of its class, and a name of one word is that of a
 * class in the default package.
 */
@NullMarked
@SuppressWarnings({"DefaultPackage", "TypeNameCase"}) // The name is what users type.
public final class app extends AppProfiler {}
