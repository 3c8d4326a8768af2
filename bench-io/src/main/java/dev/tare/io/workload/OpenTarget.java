package dev.tare.io.workload;

import dev.tare.io.device.BlockDevice;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** What the threads of a trial work on: a device and what belongs to it, all of which {@link #close()} ends. */
public interface OpenTarget extends Closeable {
    /** Where the I/O goes. */
    BlockDevice device();

    /** Whether the working set may be written in full before it is measured, so that its content is known and checked. */
    boolean mayBeFilled();

    /** What is known of the target besides the facts of its device, in the order in which it is printed. */
    Map<String, String> facts();

    /** The failure of an I/O, with what is known of its reason besides. */
    default IOException explain(IOException failure) {
        return failure;
    }

    /**
     * What is known of it in the end.
     *
     * @param fastestBytesPerS the fastest iteration, of all threads together
     */
    Map<String, String> factsAtEnd(double fastestBytesPerS);
}
