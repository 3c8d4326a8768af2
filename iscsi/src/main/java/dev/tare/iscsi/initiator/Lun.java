package dev.tare.iscsi.initiator;

import dev.tare.iscsi.login.LoginRefused;
import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.ConnectionLost;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A logical unit over our own initiator. Every queue has a session of its own; sessions take turns at the portals. */
public final class Lun implements Closeable {
    private final LunAddress address;
    private final Logins logins;
    private final LogicalUnit unit;
    private final SessionParameters parameters;
    /** Who serves at each portal, in their order. */
    private final List<Logins.Server> servers;

    private final AtomicInteger queues = new AtomicInteger();

    /** What a session at one portal has shown. */
    private record Probe(LogicalUnit unit, SessionParameters parameters, Logins.Server server) {}

    private Lun(LunAddress address, Logins logins, List<Probe> probes) {
        this.address = address;
        this.logins = logins;
        this.unit = probes.get(0).unit;
        this.parameters = probes.get(0).parameters;
        this.servers = probes.stream().map(Probe::server).toList();
    }

    /**
     * Logs in at every portal, to see that each leads to the unit, and asks what the unit is.
     *
     * @throws IscsiException when it cannot be used, with the reason
     */
    public static Lun open(LunAddress address, SessionOptions options) throws IOException {
        Logins logins = new Logins(options);
        List<Probe> seen = new ArrayList<>();
        for (Portal portal : address.portals()) {
            seen.add(probe(address, logins, portal));
        }
        LogicalUnit first = seen.get(0).unit;
        for (Probe other : seen) {
            if (!other.unit.equals(first)) {
                throw new IscsiException(
                        address.toString(),
                        "the same unit at every portal, " + first,
                        other.unit.toString(),
                        "name only portals of one target",
                        null);
            }
        }
        return new Lun(address, logins, seen);
    }

    /**
     * Asks whether the unit takes discards (UNMAP) of this length.
     *
     * @return what it takes, in words
     * @throws IscsiException when it does not
     */
    public String requireDiscards(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LogicalUnit.BUFFER_BYTES);
        LogicalUnit.Discards discards;
        try (InitiatorSession session =
                session(address, logins, address.portals().get(0), buffer)) {
            LogicalUnit.awaitReady(session);
            discards = LogicalUnit.discards(session, buffer);
        }
        long mostBytes = discards.mostBlocks() * blockBytes();
        if (mostBytes < bytes) {
            throw new IscsiException(
                    "discard on " + address,
                    "a unit that takes UNMAP of " + bytes + " bytes",
                    mostBytes == 0
                            ? "one that takes none (LBPU in its page B2h, the limits in B0h)"
                            : "one that takes at most " + mostBytes,
                    mostBytes == 0 ? "ask its target for thin provisioning" : "discard shorter blocks",
                    null);
        }
        return "UNMAP of at most " + mostBytes + " bytes, "
                + (discards.granularityBlocks() == 0
                        ? "granularity not told"
                        : "granularity " + discards.granularityBlocks() * blockBytes() + " bytes");
    }

    private static InitiatorSession session(LunAddress address, Logins logins, Portal portal, ByteBuffer buffer)
            throws IOException {
        return InitiatorSession.open(
                logins, portal, address.target(), address.unit(), new ByteBuffer[] {buffer}, new SessionEvents());
    }

    private static Probe probe(LunAddress address, Logins logins, Portal portal) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LogicalUnit.BUFFER_BYTES);
        try (InitiatorSession session = session(address, logins, portal, buffer)) {
            Probe probe = new Probe(LogicalUnit.ask(session, buffer), session.parameters(), session.server());
            if (logins.options().durableWrites() && !LogicalUnit.forcesUnitAccess(session, buffer)) {
                throw new IOException(
                        "the LUN: expected writes that are durable when they are done (FUA), got a unit that"
                                + " has none; flush it after writes instead");
            }
            return probe;
        } catch (IOException e) {
            throw new IscsiException(
                    address + " by " + portal, "a disk", ConnectionLost.reason(e), advice(e, logins, portal), e);
        }
    }

    private static String advice(IOException failure, Logins logins, Portal portal) {
        if (!(failure instanceof LoginRefused refused) || !refused.isNoSuchTarget()) {
            return "check address, access rights and target";
        }
        try {
            Set<String> targets = new Discovery(logins).targets(portal).keySet();
            return targets.isEmpty() ? "the portal tells of none" : "the portal has " + String.join(", ", targets);
        } catch (IOException e) {
            failure.addSuppressed(e);
            return "the portal does not tell its own";
        }
    }

    /** Where the unit is. */
    public LunAddress address() {
        return address;
    }

    /** Whether one of those who serve it is on this machine. */
    public boolean isServedHere() throws IOException {
        for (Logins.Server server : servers) {
            if (server.isHere()) {
                return true;
            }
        }
        return false;
    }

    /** Size of the unit in bytes. */
    public long sizeBytes() {
        return unit.capacity().bytes();
    }

    /** Size of one of the unit's blocks, of which positions and lengths are multiples: 512 to 4096 bytes, a power of two. */
    public int blockBytes() {
        return unit.capacity().blockBytes();
    }

    /** What is known of the unit and its login, in the order in which it is printed: keys in kebab case, values of one line. */
    public Map<String, String> facts() {
        SessionOptions options = logins.options();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("transport", "iscsi (own initiator)");
        facts.put("iscsi-target", address.target());
        facts.put(
                "iscsi-portal",
                String.join(", ", servers.stream().map(Logins.Server::toString).toList()));
        facts.put("iscsi-lun", Integer.toString(address.unit()));
        facts.put(
                "iscsi-unit",
                unit.identification().vendor() + " " + unit.identification().product() + " "
                        + unit.identification().revision());
        facts.put(
                "iscsi-login",
                (options.credentials() == null
                        ? "no CHAP"
                        : options.credentials().mutual() == null ? "CHAP" : "mutual CHAP"));
        facts.put("iscsi-digests", digests());
        facts.put(
                "iscsi-bursts",
                String.format(
                        Locale.ROOT,
                        "segment %d bytes, immediate data %s, first burst %d bytes, initial R2T %s, burst %d bytes",
                        parameters.maxSendBytes(),
                        parameters.immediateData() ? "yes" : "no",
                        parameters.firstBurstBytes(),
                        parameters.initialTransfer() ? "yes" : "no",
                        parameters.maxBurstBytes()));
        facts.put("poll", options.busyPoll() ? "busy" : "wait");
        facts.put("size-bytes", Long.toString(sizeBytes()));
        facts.put("block-bytes", Integer.toString(blockBytes()));
        return facts;
    }

    private String digests() {
        SessionOptions.Digests digests = logins.options().digests();
        if (!digests.ofHeader() && !digests.ofData()) {
            return "none";
        }
        return "CRC32C of "
                + (digests.ofHeader() && digests.ofData() ? "header and data" : digests.ofHeader() ? "header" : "data");
    }

    /**
     * Opens a queue with a session of its own, for the calling thread.
     *
     * @param depth I/Os that can be outstanding at once, 1 to {@value Task#MAX_SLOTS}
     * @param ioBytes size of every I/O and of every buffer, a multiple of {@link #blockBytes()}
     */
    public LunQueue openQueue(int depth, int ioBytes) throws IOException {
        int turn = queues.getAndIncrement() % servers.size();
        return LunQueue.open(
                logins, address.portals().get(turn), servers.get(turn), address, unit.capacity(), depth, ioBytes);
    }

    /** Nothing to do: every queue closes its own session. */
    @Override
    public void close() {}
}
