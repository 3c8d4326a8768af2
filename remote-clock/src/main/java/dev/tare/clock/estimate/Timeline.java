package dev.tare.clock.estimate;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A monotonic function of the local clock, made of straight pieces that are decided ahead of time.
 *
 * <p>Every piece ends at an instant fixed when it was made, and its successor, whoever appends it, begins there. So all
 * threads see the same function, however long one of them was suspended between reading the local clock and using it,
 * and it never goes back. A reader that finds the last piece over appends one with the same rate.
 */
public final class Timeline {
    private final long continuationNs;
    private volatile Piece current;

    /**
     * Begins with a first piece.
     *
     * @param rate timeline seconds per local second
     * @param continuationNs how long the local clock runs on a piece that nobody planned
     */
    public Timeline(long localNs, long valueNs, double rate, long continuationNs) {
        this.continuationNs = continuationNs;
        this.current = new Piece(localNs, valueNs, rate, localNs + continuationNs);
    }

    /** The piece in force; load it before reading the local clock. */
    public Piece current() {
        return current;
    }

    /** The value at a local time that was read after {@code loaded} was loaded. */
    public long at(Piece loaded, long localNs) {
        return localNs - loaded.endNs < 0
                ? loaded.at(localNs)
                : after(loaded, localNs).at(localNs);
    }

    private Piece after(Piece loaded, long localNs) {
        Piece piece = loaded;
        while (localNs - piece.endNs >= 0) {
            piece = piece.successor(piece.rate, localNs + continuationNs);
        }
        current = piece;
        return piece;
    }

    /**
     * Changes the rate where the present piece ends, unless a change is already planned.
     *
     * @param nowLocalNs a reading of the local clock made after the last call of this method began
     * @param lengthNs how long the new piece lasts on the local clock
     */
    public void steer(long nowLocalNs, Steering steering, long lengthNs) {
        Piece piece = current;
        if (nowLocalNs - piece.endNs >= 0) {
            piece = after(piece, nowLocalNs);
        }
        if (piece.next == null) {
            long switchNs = piece.endNs;
            piece.successor(steering.rate(switchNs, piece.at(switchNs)), switchNs + lengthNs);
        }
    }

    /** Decides the rate of a piece from where and when it begins. */
    @FunctionalInterface
    public interface Steering {
        /** Timeline seconds per local second from a local time on, at which the timeline shows {@code valueNs}. */
        double rate(long localNs, long valueNs);
    }

    /** A straight piece. */
    public static final class Piece {
        private static final AtomicReferenceFieldUpdater<Piece, @Nullable Piece> NEXT =
                AtomicReferenceFieldUpdater.newUpdater(Piece.class, Piece.class, "next");
        // Products of 128 bits: the rate carries 60 fractional bits, and the elapsed time is shifted by the other four.
        private static final double RATE_ONE = 0x1p60;
        private static final int TIME_SHIFT = 4;

        private final long startNs;
        private final long endNs;
        private final long valueNs;
        private final long scaledRate;
        private final double rate;
        private volatile @Nullable Piece next;

        private Piece(long startNs, long valueNs, double rate, long endNs) {
            this.startNs = startNs;
            this.valueNs = valueNs;
            this.rate = rate;
            this.scaledRate = (long) (rate * RATE_ONE);
            this.endNs = endNs;
        }

        private long at(long localNs) {
            return valueNs + Math.multiplyHigh((localNs - startNs) << TIME_SHIFT, scaledRate);
        }

        /** The piece that follows; made with this rate and end if there is none yet. */
        private Piece successor(double rate, long endNs) {
            Piece made = new Piece(this.endNs, at(this.endNs), rate, endNs);
            NEXT.compareAndSet(this, null, made);
            Piece successor = next;
            return successor == null ? made : successor;
        }
    }
}
