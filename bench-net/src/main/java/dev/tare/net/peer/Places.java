package dev.tare.net.peer;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** A bounded number of places, with a bound for each address. */
final class Places {
    private final int limit;
    private final int limitPerAddress;
    private final Map<InetAddress, Integer> taken = new HashMap<>();
    private int takenTogether;

    Places(int limit, int limitPerAddress) {
        this.limit = limit;
        this.limitPerAddress = limitPerAddress;
    }

    /** False when there is no place left for this address. */
    synchronized boolean take(InetAddress address) {
        int taken = this.taken.getOrDefault(address, 0);
        if (takenTogether == limit || taken == limitPerAddress) {
            return false;
        }
        this.taken.put(address, taken + 1);
        takenTogether++;
        return true;
    }

    synchronized void free(InetAddress address) {
        taken.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        takenTogether--;
    }

    synchronized int taken() {
        return takenTogether;
    }
}
