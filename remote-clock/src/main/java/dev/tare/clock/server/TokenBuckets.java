package dev.tare.clock.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each client address may still ask, in a table of bounded size.
 *
 * <p>When the table is full, the address that has been quiet longest is forgotten. A forged flood from ever new addresses
 * can therefore lift a limit, but it cannot take an honest client's share away. Thread-safe.
 */
final class TokenBuckets {
    private static final int MOST_ADDRESSES = 4096;
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double tokensPerNs;
    private final double burst;
    private final Map<Long, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    TokenBuckets(int requestsPerSecond, int burst) {
        this.tokensPerNs = requestsPerSecond / NANOS_PER_SECOND;
        this.burst = burst;
    }

    /** Takes a token of this address; false when it has none left. */
    synchronized boolean take(InetAddress client, long nowNs) {
        Bucket bucket = buckets.computeIfAbsent(networkOf(client), network -> new Bucket(burst, nowNs));
        bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, nowNs - bucket.filledNs) * tokensPerNs);
        bucket.filledNs = nowNs;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    synchronized int size() {
        return buckets.size();
    }

    /** An IPv4 address, or the network part of an IPv6 address: a host has 2^64 of those at hand. */
    private static long networkOf(InetAddress client) {
        byte[] bytes = client.getAddress();
        int length = client instanceof Inet6Address ? IPV6_NETWORK_BYTES : bytes.length;
        long network = 0;
        for (int i = 0; i < length; i++) {
            network = (network << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return network;
    }

    private static final class Bucket {
        private double tokens;
        private long filledNs;

        Bucket(double tokens, long filledNs) {
            this.tokens = tokens;
            this.filledNs = filledNs;
        }
    }
}
