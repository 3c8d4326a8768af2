package dev.tare.clock.client;

import dev.tare.clock.NanoSource;

/** A local clock that runs at a wrong rate and can be made to step or to change its rate. */
final class LyingClock implements NanoSource {
    private final long realOriginNs = System.nanoTime();
    private volatile Piece piece;

    LyingClock(double rate) {
        piece = new Piece(0, 1_000_000, rate);
    }

    @Override
    public long nanoTime() {
        Piece now = piece;
        return now.at(System.nanoTime() - realOriginNs);
    }

    synchronized void step(long stepNs) {
        change(piece.rate, stepNs);
    }

    synchronized void runAt(double rate) {
        change(rate, 0);
    }

    private void change(double rate, long stepNs) {
        long realNs = System.nanoTime() - realOriginNs;
        piece = new Piece(realNs, piece.at(realNs) + stepNs, rate);
    }

    private record Piece(long realNs, long localNs, double rate) {
        long at(long nowNs) {
            return localNs + (long) ((nowNs - realNs) * rate);
        }
    }
}
