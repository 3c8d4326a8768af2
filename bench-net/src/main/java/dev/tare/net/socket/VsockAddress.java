package dev.tare.net.socket;

import dev.tare.harness.Parameters;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A port of a guest or a host, which VSOCK reaches without a network between: vsock(7). */
public final class VsockAddress extends SocketAddress {
    /** Of a listener: whoever reaches this machine. */
    static final long ANY_CID = 0xffff_ffffL;
    /** This machine, seen from itself. */
    static final long LOCAL_CID = 1;

    /** {@code AF_VSOCK}. */
    static final int FAMILY = 40;

    static final int BYTES = 16;

    private static final long serialVersionUID = 1;
    private static final String SCHEME = "vsock:";
    private static final String ANY = "any";
    private static final Pattern FORM = Pattern.compile(SCHEME + "(\\d{1,10}|any):(\\d{1,10})");
    private static final long LAST_PORT = 0xffff_fffeL;
    private static final int PORT_OFFSET = 4;
    private static final int CID_OFFSET = 8;

    private final long cid;
    private final long port;

    /**
     * @param cid a machine's context identifier: 2 is the host, 1 this machine, guests have larger ones
     * @param port 0 to 2^32 - 2; those below 1024 are root's
     */
    public VsockAddress(long cid, long port) {
        this.cid = Parameters.requireRange("VSOCK's context identifier", cid, 0, ANY_CID);
        this.port = Parameters.requireRange("VSOCK's port", port, 0, LAST_PORT);
    }

    /** Whether this is meant for an address of VSOCK. */
    public static boolean isMeant(String text) {
        return text.startsWith(SCHEME);
    }

    /**
     * Reads {@code vsock:CID:PORT}.
     *
     * @param what whose address it is, for the message
     * @throws IllegalArgumentException when it has another form
     */
    public static VsockAddress parse(String what, String text) {
        return read(text)
                .filter(address -> address.cid != ANY_CID)
                .orElseThrow(() -> Parameters.refusal(what, "vsock:CID:PORT", text, "vsock:2:5210", null));
    }

    /**
     * Reads where to listen, {@code PORT} for this machine alone, or {@code CID:PORT} with {@code any} for all of its CIDs.
     *
     * @param what whose address it is, for the message
     * @throws IllegalArgumentException when it has another form
     */
    public static VsockAddress parseListener(String what, String text) {
        return read(SCHEME + (text.indexOf(':') < 0 ? LOCAL_CID + ":" : "") + text)
                .orElseThrow(() -> Parameters.refusal(what, "[CID:]PORT", text, "any:5210", null));
    }

    private static Optional<VsockAddress> read(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new VsockAddress(
                        matcher.group(1).equals(ANY) ? ANY_CID : Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** Whether nobody but this machine's programs can reach it. */
    public boolean isLocal() {
        return cid == LOCAL_CID;
    }

    /** The machine alone, {@code vsock:CID}. */
    public String machine() {
        return SCHEME + (cid == ANY_CID ? ANY : cid);
    }

    /** The kernel's {@code struct sockaddr_vm}. */
    ByteBuffer toMemory() {
        return memory().putShort(0, (short) FAMILY)
                .putInt(PORT_OFFSET, (int) port)
                .putInt(CID_OFFSET, (int) cid);
    }

    /** Room for one. */
    static ByteBuffer memory() {
        return ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());
    }

    /** Reads what the kernel wrote. */
    static VsockAddress of(ByteBuffer memory) {
        return new VsockAddress(
                Integer.toUnsignedLong(memory.getInt(CID_OFFSET)), Integer.toUnsignedLong(memory.getInt(PORT_OFFSET)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VsockAddress that && cid == that.cid && port == that.port;
    }

    @Override
    public int hashCode() {
        return Objects.hash(cid, port);
    }

    /** {@code vsock:CID:PORT}. */
    @Override
    public String toString() {
        return machine() + ":" + port;
    }
}
