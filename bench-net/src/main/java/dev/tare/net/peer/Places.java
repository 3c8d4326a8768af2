package dev.tare.net.peer;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** A bounded number of places, with a bound for each address. */
final class Places {
    private final PeerLimits.Bound bound;
    private final Map<InetAddress, Long> taken = new HashMap<>();
    private long takenTogether;

    Places(PeerLimits.Bound bound) {
        this.bound = bound;
    }

    /** Takes one place; false when there is none left for this address. */
    boolean take(InetAddress address) {
        return take(address, 1);
    }

    /** Takes so many places or, when fewer are left for this address, none and returns false. */
    synchronized boolean take(InetAddress address, long count) {
        long before = taken.getOrDefault(address, 0L);
        if (takenTogether + count > bound.together() || before + count > bound.perAddress()) {
            return false;
        }
        taken.put(address, before + count);
        takenTogether += count;
        return true;
    }

    void free(InetAddress address) {
        free(address, 1);
    }

    synchronized void free(InetAddress address, long count) {
        taken.computeIfPresent(address, (key, before) -> before == count ? null : before - count);
        takenTogether -= count;
    }
}
