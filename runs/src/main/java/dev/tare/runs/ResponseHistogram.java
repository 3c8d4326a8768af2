package dev.tare.runs;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Response times of a fork's measured iterations whole, in nanoseconds. It is kept as it was written, for a histogram that
 * can be added to takes half a megabyte.
 *
 * @param encoded as HdrHistogram writes it into its logs: format V2, compressed, in Base64
 */
public record ResponseHistogram(String encoded) {
    static ResponseHistogram read(JsonCursor text) throws UnreadableRunException {
        ResponseHistogram histogram = new ResponseHistogram(text.text());
        try {
            histogram.decode();
        } catch (DataFormatException | RuntimeException e) {
            // The decoder meets damaged bytes with whatever exception comes first.
            throw text.unexpected("a histogram as HdrHistogram encodes it");
        }
        return histogram;
    }

    /** As a histogram, which others can be added to. */
    public Histogram decoded() {
        try {
            return decode();
        } catch (DataFormatException e) {
            throw new IllegalStateException("expected a histogram that was read before, got " + encoded, e);
        }
    }

    private Histogram decode() throws DataFormatException {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
        return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
    }
}
