package dev.tare.net;

import dev.tare.machine.cpu.CpuTimes;
import dev.tare.net.client.Session;
import java.io.IOException;

/** An interval over which both ends count processor time: an iteration without its filling and draining. */
final class CpuWindow {
    private final Session session;
    private final CpuTimes client;
    private final CpuTimes peer;

    private CpuWindow(Session session, CpuTimes client, CpuTimes peer) {
        this.session = session;
        this.client = client;
        this.peer = peer;
    }

    static CpuWindow open(Session session) throws IOException {
        CpuTimes peer = session.usage();
        return new CpuWindow(session, CpuTimes.ofProcess(), peer);
    }

    CpuUse close() throws IOException {
        CpuTimes used = CpuTimes.ofProcess().minus(client);
        CpuUse use = new CpuUse(used, session.usage().minus(peer));
        use.leaveFigures();
        return use;
    }
}
