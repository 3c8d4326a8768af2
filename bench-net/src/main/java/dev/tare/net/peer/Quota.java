package dev.tare.net.peer;

import java.util.HashMap;
import java.util.Map;

/** How much of something the clients can take at once, together and from one address. */
final class Quota {
    private final PeerOptions.Bound bound;
    private final Map<String, Long> taken = new HashMap<>();
    private long takenTogether;

    Quota(PeerOptions.Bound bound) {
        this.bound = bound;
    }

    /** Takes one; false when none is left for this address. */
    boolean take(String address) {
        return take(address, 1);
    }

    /** Takes so many or, when fewer are left for this address, none and returns false. */
    synchronized boolean take(String address, long count) {
        long before = taken.getOrDefault(address, 0L);
        if (takenTogether + count > bound.together() || before + count > bound.perAddress()) {
            return false;
        }
        taken.put(address, before + count);
        takenTogether += count;
        return true;
    }

    void release(String address) {
        release(address, 1);
    }

    synchronized void release(String address, long count) {
        taken.computeIfPresent(address, (key, before) -> before == count ? null : before - count);
        takenTogether -= count;
    }
}
