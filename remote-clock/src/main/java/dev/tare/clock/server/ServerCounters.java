package dev.tare.clock.server;

import dev.tare.clock.wire.RequestFault;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts for {@link ServerStatistics}. */
final class ServerCounters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<DropReason, LongAdder> drops = new EnumMap<>(DropReason.class);

    ServerCounters() {
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

    void drop(RequestFault fault) {
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
