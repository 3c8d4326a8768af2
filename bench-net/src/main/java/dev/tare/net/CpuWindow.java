package dev.tare.net;

import dev.tare.net.client.Session;
import dev.tare.net.usage.CpuTimes;
import java.io.IOException;

/** Processor time that both ends use within an iteration. */
final class CpuWindow {
    private final Session session;
    private final CpuTimes clientBefore;
    private final CpuTimes peerBefore;

    private CpuWindow(Session session) throws IOException {
        this.session = session;
        this.peerBefore = session.usage();
        this.clientBefore = CpuTimes.ofProcess();
    }

    static CpuWindow open(Session session) throws IOException {
        return new CpuWindow(session);
    }

    void closeInto(NetRates rates) throws IOException {
        CpuTimes client = CpuTimes.ofProcess().minus(clientBefore);
        CpuTimes peer = session.usage().minus(peerBefore);
        rates.addCpu(client, peer);
    }
}
