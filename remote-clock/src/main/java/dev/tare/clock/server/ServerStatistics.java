package dev.tare.clock.server;

import dev.tare.clock.wire.NtpPacket;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a server has done since it started.
 *
 * @param requests well-formed requests, answered or not
 * @param answers replies handed to the network
 * @param drops packets and connections that got no answer, by reason; every reason is present
 * @param connections TCP connections that are open now
 * @param connectionsAccepted TCP connections since the start
 */
public record ServerStatistics(
        long requests, long answers, Map<DropReason, Long> drops, int connections, long connectionsAccepted) {
    /** Keeps a view of the drops that nobody can change. */
    public ServerStatistics {
        drops = Collections.unmodifiableMap(drops);
    }

    /** Drops for one reason. */
    public long dropped(DropReason reason) {
        return drops.getOrDefault(reason, 0L);
    }

    /** All drops together. */
    public long dropped() {
        return drops.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Why a server left a packet unanswered or closed a connection. */
    public enum DropReason {
        /** A datagram that is not exactly 48 bytes long. */
        LENGTH,
        /** Not a client's packet. */
        MODE,
        /** Neither NTP version 3 nor 4. */
        VERSION,
        /** The client's address asked more than its share. */
        RATE,
        /** The network did not take the reply. */
        SEND,
        /** A TCP connection whose request, or the taking of its reply, took too long. */
        SLOW,
        /** A TCP connection without requests for too long. */
        IDLE,
        /** A silent TCP connection that gave way to a new one. */
        CROWDED
    }

    /** Counts while the server runs. */
    static final class Counters {
        private final LongAdder requests = new LongAdder();
        private final LongAdder answers = new LongAdder();
        private final LongAdder accepted = new LongAdder();
        private final AtomicInteger connections = new AtomicInteger();
        private final Map<DropReason, LongAdder> drops = new EnumMap<>(DropReason.class);

        Counters() {
            Arrays.stream(DropReason.values()).forEach(reason -> drops.put(reason, new LongAdder()));
        }

        void request() {
            requests.increment();
        }

        void answer() {
            answers.increment();
        }

        void opened() {
            accepted.increment();
            connections.incrementAndGet();
        }

        void closed() {
            connections.decrementAndGet();
        }

        void drop(DropReason reason) {
            LongAdder count = drops.get(reason);
            if (count != null) {
                count.increment();
            }
        }

        void drop(NtpPacket.RequestFault fault) {
            drop(
                    switch (fault) {
                        case LENGTH -> DropReason.LENGTH;
                        case MODE -> DropReason.MODE;
                        case VERSION -> DropReason.VERSION;
                    });
        }

        ServerStatistics snapshot() {
            Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
            drops.forEach((reason, count) -> dropped.put(reason, count.sum()));
            return new ServerStatistics(requests.sum(), answers.sum(), dropped, connections.get(), accepted.sum());
        }
    }
}
