package dev.tare.io;

import dev.tare.harness.Facts;
import dev.tare.harness.Parameters;
import dev.tare.io.blockstack.CacheSuspicion;
import dev.tare.io.blockstack.Leave;
import dev.tare.io.lun.EmbeddedTarget;
import dev.tare.io.lun.LunDevice;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.Durability;
import dev.tare.io.workload.OpenTarget;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.iscsi.login.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;

/**
 * Sequential and random I/O on an iSCSI LUN through our own initiator, with one connection for each thread.
 *
 * <p>Data centres hand disks to guests this way, and the guest then pays for every block in its network path: its virtual
 * network device, the copies and interrupts of both kernels, the wake-ups of its threads. The initiator is in user space,
 * so that the same code runs in every guest, without kernel module and without root; the guest's own block layer is
 * excluded. What the target's caches hide is not measured, unless the working set is larger than they are.
 *
 * <p>Source: RFC 7143.
 */
public class IscsiBench extends AccessBench {
    /** How every target of this benchmark begins, and none of files and devices. */
    static final String SCHEME = "iscsi:";

    /** Why there is no discard on the target of our own. */
    static final String NO_EMBEDDED_DISCARDS =
            "target: expected a LUN that takes UNMAP for discard, got the embedded target,"
                    + " whose disk is allocated in full; pass -p target=iscsi://... of a thin unit";

    private static final String EMBEDDED = SCHEME + "embedded";

    /**
     * {@code iscsi://[user[%secret]@]host[:port][+host[:port]...]/iqn.../lun}; or {@code iscsi:embedded} for a target of
     * our own in memory, {@code iscsi:embedded:FOLDER} for one in a file there.
     */
    @Param({EMBEDDED})
    public String target = "";

    /**
     * Whether a LUN that is not ours may be written, if it carries no partition table, file system, or RAID or volume
     * signature: its content is lost. Without, it is only read, and not verified.
     */
    @Param({"false"})
    public boolean overwrite;

    /** Whether a LUN that carries one of these is refused even with {@link #overwrite}, or {@code destroy}ed. */
    @Param({"refuse"})
    public String marks = "refuse";

    /** CRC32C digests: {@code none}, {@code header}, {@code data} or {@code both}. */
    @Param({"none"})
    public String digests = "";

    /** {@code wait} sleeps until the target answers, {@code busy} spins: shorter latencies for a whole core. */
    @Param({"wait"})
    public String poll = "";

    /** File with CHAP names and secrets, or {@code none}; keeps them out of command line and results. */
    @Param({"none"})
    public String chapFile = "";

    /** What the threads work on: the unit, and the process that serves it if that is ours. */
    private record Unit(
            LunDevice device,
            boolean mayBeFilled,
            CacheSuspicion suspicion,
            long workingSetBytes,
            @Nullable String marks,
            @Nullable EmbeddedTarget process)
            implements OpenTarget {
        @Override
        public Map<String, String> facts() {
            Map<String, String> facts = new LinkedHashMap<>();
            if (process != null) {
                // Its port is another in every fork: forks are alike when their facts are.
                facts.put("iscsi-portal", "127.0.0.1, a process of ours");
            }
            if (marks != null) {
                facts.put("device-marks", marks);
            }
            facts.put("content", mayBeFilled ? "written by us and verified" : "not ours, not verified");
            facts.putAll(CacheSuspicion.memoryFact());
            return facts;
        }

        @Override
        public Map<String, String> factsAtEnd(double fastestBytesPerS) {
            return suspicion.fact(workingSetBytes, fastestBytesPerS);
        }

        @Override
        public IOException explain(IOException failure) {
            return process == null ? failure : process.withLastWords(failure);
        }

        @Override
        public void close() throws IOException {
            try (process) {
                device.close();
            }
        }
    }

    @Override
    void requireParameters(AccessParameters access, AccessSpec spec) {
        long workingSetBytes = access.workingSetBytes();
        options();
        Leave.of(overwrite, marks);
        if (!target.startsWith(SCHEME)) {
            throw new IllegalArgumentException("target: expected iscsi://... or " + EMBEDDED + ", got " + target
                    + "; measure folders, files and devices with FileBench");
        }
        Objects.requireNonNull(Parameters.path("chapFile", chapFile));
        if (target.equals(EMBEDDED)) {
            EmbeddedTarget.requireMemory(workingSetBytes);
        } else if (isEmbedded(target)) {
            Objects.requireNonNull(embeddedFolder());
        } else {
            requireLeave(LunAddress.parse(target), spec);
        }
    }

    @Override
    List<String> targets() {
        return List.of(target);
    }

    @Override
    OpenTarget openTarget(String one, AccessParameters access, AccessSpec spec) throws IOException {
        requireParameters(access, spec);
        SessionOptions options =
                options().withDurableWrites(Durability.of(access.sync).onEachWrite());
        if (isEmbedded(target)) {
            if (spec.discards()) {
                throw new IllegalArgumentException(NO_EMBEDDED_DISCARDS);
            }
            Path folder = one.equals(EMBEDDED) ? null : embeddedFolder();
            return embedded(access.workingSetBytes(), folder, options);
        }
        LunAddress address = LunAddress.parse(one);
        LunDevice device = LunDevice.open(address, options.withCredentials(credentials(address)));
        if (spec.discards()) {
            Facts.print("discard", device.requireDiscards(spec.mostBytes()));
        }
        String found = overwrite ? device.requireUnused(Leave.of(true, marks)) : null;
        return new Unit(device, overwrite, device.cacheSuspicion(), access.workingSetBytes(), found, null);
    }

    /** Whether a target is one that this JVM serves itself. */
    static boolean isEmbedded(String target) {
        return target.equals(EMBEDDED) || target.startsWith(EMBEDDED + ":");
    }

    private Path embeddedFolder() {
        return Parameters.path("target", target.substring(EMBEDDED.length() + 1));
    }

    /** The user's leave to write, and the secret to log in with. */
    private void requireLeave(LunAddress address, AccessSpec spec) {
        if (spec.writes() && !overwrite) {
            throw new IllegalArgumentException("overwrite: expected true for a benchmark that writes to " + address
                    + ", got false; set it only if everything on the LUN may be lost");
        }
        if (chapFile.equals("none") && address.user() != null && address.secret() == null) {
            throw new IllegalArgumentException("target: expected a secret for user " + address.user()
                    + ", got none; write user%secret@ or give a chapFile");
        }
    }

    private static Unit embedded(long sizeBytes, @Nullable Path folder, SessionOptions options) throws IOException {
        EmbeddedTarget process = EmbeddedTarget.start(sizeBytes, folder);
        try {
            LunDevice device = LunDevice.open(LunAddress.parse(process.url()), options);
            CacheSuspicion suspicion = new CacheSuspicion(
                    folder == null ? List.of("the embedded target keeps its disk in memory") : List.of(),
                    folder == null ? List.of() : List.of("the page cache below the embedded target"),
                    OptionalLong.empty(),
                    "no sign of it");
            return new Unit(device, true, suspicion, sizeBytes, null, process);
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    private SessionOptions options() {
        boolean both = digests.equals("both");
        if (!both && !digests.equals("none") && !digests.equals("header") && !digests.equals("data")) {
            throw new IllegalArgumentException("digests: expected none, header, data or both, got " + digests);
        }
        if (!poll.equals("wait") && !poll.equals("busy")) {
            throw new IllegalArgumentException("poll: expected wait or busy, got " + poll);
        }
        return SessionOptions.plain()
                .withDigests(both || digests.equals("header"), both || digests.equals("data"))
                .withBusyPoll(poll.equals("busy"));
    }

    private @Nullable Credentials credentials(LunAddress address) throws IOException {
        if (!chapFile.equals("none")) {
            return Credentials.read(Parameters.path("chapFile", chapFile));
        }
        return address.user() == null || address.secret() == null
                ? null
                : new Credentials(address.user(), address.secret(), null);
    }
}
