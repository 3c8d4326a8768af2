import dev.tare.harness.HistogramProfiler;
import org.jspecify.annotations.NullMarked;

/** {@code -prof histograms} with any JMH, named as {@link iterations} is. */
@NullMarked
@SuppressWarnings({"DefaultPackage", "TypeNameCase"}) // The name is what users type.
public final class histograms extends HistogramProfiler {}
