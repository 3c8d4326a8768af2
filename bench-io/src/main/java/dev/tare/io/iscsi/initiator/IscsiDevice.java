package dev.tare.io.iscsi.initiator;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import dev.tare.io.iscsi.login.LoginRefused;
import dev.tare.io.iscsi.login.SessionParameters;
import dev.tare.io.origin.CacheDoubt;
import dev.tare.io.origin.DeviceUse;
import dev.tare.io.origin.Signature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A logical unit over our own initiator. Every queue has a session of its own; sessions take turns at the portals. */
public final class IscsiDevice implements BlockDevice {
    private final LunAddress address;
    private final SessionOptions options;
    private final LogicalUnit unit;
    private final SessionParameters parameters;
    private final AtomicInteger queues = new AtomicInteger();

    private IscsiDevice(LunAddress address, SessionOptions options, LogicalUnit unit, SessionParameters parameters) {
        this.address = address;
        this.options = options;
        this.unit = unit;
        this.parameters = parameters;
    }

    /**
     * Logs in at every portal, to see that each leads to the unit, and asks what the unit is.
     *
     * @throws DeviceException when it cannot be used, with the reason
     */
    public static IscsiDevice open(LunAddress address, SessionOptions options) throws IOException {
        List<IscsiDevice> seen = new ArrayList<>();
        for (Portal portal : address.portals()) {
            seen.add(probe(address, options, portal));
        }
        IscsiDevice first = seen.get(0);
        for (IscsiDevice other : seen) {
            if (!other.unit.equals(first.unit)) {
                throw new DeviceException(
                        address.toString(),
                        "the same unit at every portal, " + first.unit,
                        other.unit.toString(),
                        "name only portals of one target");
            }
        }
        return first;
    }

    private static IscsiDevice probe(LunAddress address, SessionOptions options, Portal portal) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LogicalUnit.BUFFER_BYTES);
        try (Session session = new SessionOpener(options)
                .open(portal, address.target(), address.unit(), new ByteBuffer[] {buffer}, new Notices())) {
            return new IscsiDevice(address, options, LogicalUnit.ask(session, buffer), session.parameters());
        } catch (IOException e) {
            throw new DeviceException(
                    address + " by " + portal, "a disk", String.valueOf(e.getMessage()), advice(e, options, portal), e);
        }
    }

    private static String advice(IOException failure, SessionOptions options, Portal portal) {
        if (!(failure instanceof LoginRefused refused) || !refused.isNoSuchTarget()) {
            return "check address, access rights and target";
        }
        try {
            Set<String> targets = new Discovery(options).targets(portal).keySet();
            return targets.isEmpty() ? "the portal tells of none" : "the portal has " + String.join(", ", targets);
        } catch (IOException e) {
            failure.addSuppressed(e);
            return "the portal does not tell its own";
        }
    }

    /**
     * Looks for what somebody may want to keep: who else uses the unit cannot be seen from here.
     *
     * @throws DeviceException when the unit carries a partition table, a file system, or a RAID or volume signature
     */
    public void requireUnused() throws IOException {
        List<String> reasons = new ArrayList<>();
        Signature.found(this).forEach(what -> reasons.add("it carries " + what));
        DeviceUse.refuse("the LUN " + address, reasons);
    }

    /** What keeps the unit's blocks, as far as it can be seen from here. */
    public CacheDoubt doubt() throws IOException {
        List<String> caches = new ArrayList<>();
        for (Portal portal : address.portals()) {
            if (caches.isEmpty() && portal.isLocal()) {
                caches.add("the memory of this machine, where the target is");
            }
        }
        return new CacheDoubt(
                List.of(), caches, OptionalLong.empty(), "unknown: what the target caches cannot be seen from here");
    }

    @Override
    public long sizeBytes() {
        return unit.capacity().bytes();
    }

    @Override
    public int alignBytes() {
        return unit.capacity().blockBytes();
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("transport", "iscsi (own initiator)");
        facts.put("iscsi-target", address.target());
        facts.put(
                "iscsi-portal",
                String.join(
                        ", ", address.portals().stream().map(Portal::toString).toList()));
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
        facts.put("poll", options.poll().name().toLowerCase(Locale.ROOT));
        facts.put("size-bytes", Long.toString(sizeBytes()));
        facts.put("block-bytes", Integer.toString(alignBytes()));
        return facts;
    }

    private String digests() {
        if (!options.headerDigest() && !options.dataDigest()) {
            return "none";
        }
        return "CRC32C of "
                + (options.headerDigest() && options.dataDigest()
                        ? "header and data"
                        : options.headerDigest() ? "header" : "data");
    }

    @Override
    public BlockQueue openQueue(int depth, int blockBytes) throws IOException {
        Portal portal = address.portals()
                .get(queues.getAndIncrement() % address.portals().size());
        return IscsiQueue.open(new SessionOpener(options), portal, address, unit.capacity(), depth, blockBytes);
    }

    /** Nothing to do: every queue closes its own session. */
    @Override
    public void close() {}
}
