package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.util.Optional;

/**
 * When something was, on the campaign's timescale.
 *
 * @param ns since 1970-01-01T00:00Z without leap seconds
 * @param boundNs how far it may be from the timescale's true time, either way
 */
public record BoundedInstant(long ns, long boundNs) {
    /** The earliest that it can have been. */
    public long earliestNs() {
        return ns - boundNs;
    }

    /** The latest that it can have been. */
    public long latestNs() {
        return ns + boundNs;
    }

    static Optional<BoundedInstant> find(JsonCursor object, String name) throws UnreadableRunException {
        return object.find(name + "Ns").isPresent() ? Optional.of(read(object, name)) : Optional.empty();
    }

    static BoundedInstant read(JsonCursor object, String name) throws UnreadableRunException {
        JsonCursor bound = object.get(name + "BoundNs");
        if (bound.whole() < 0) {
            throw bound.unexpected("a bound from 0");
        }
        return new BoundedInstant(object.get(name + "Ns").whole(), bound.whole());
    }

    void put(ObjectNode object, String name) {
        object.put(name + "Ns", ns).put(name + "BoundNs", boundNs);
    }
}
