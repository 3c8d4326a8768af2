package dev.tare.net;

import dev.tare.machine.cpu.CpuTimes;
import dev.tare.machine.cpu.MachineTimes;
import dev.tare.net.profile.NetFigures;

/**
 * Processor time that both ends have used within an iteration.
 *
 * @param client this process and its machine
 * @param peer the peer's threads that serve this client, and their machine
 */
record CpuUse(CpuTimes client, CpuTimes peer) {
    /** Seconds that this machine's processors were busy; NaN where the operating system does not tell. */
    double clientBusyS() {
        return busyS(client);
    }

    /** The same of the peer's machine. */
    double peerBusyS() {
        return busyS(peer);
    }

    /** Leaves the split by kind for the profiler. */
    void leaveFigures() {
        leave("client", client);
        leave("peer", peer);
    }

    private static double busyS(CpuTimes times) {
        return times.machine().map(MachineTimes::busyS).orElse(Double.NaN);
    }

    private static void leave(String end, CpuTimes times) {
        leave(end + "OwnCores", times.ownS(), times);
        times.machine().ifPresent(machine -> {
            leave(end + "UserCores", machine.userS(), times);
            leave(end + "SystemCores", machine.systemS(), times);
            leave(end + "SoftInterruptCores", machine.interruptS() + machine.softInterruptS(), times);
            leave(end + "StealCores", machine.stealS(), times);
        });
    }

    private static void leave(String name, double seconds, CpuTimes times) {
        NetFigures.leave(name, seconds / times.atS(), "cores");
    }
}
