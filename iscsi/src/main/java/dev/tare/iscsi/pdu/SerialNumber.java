package dev.tare.iscsi.pdu;

/** Serial number arithmetic of RFC 1982 on 32 bits, by which CmdSN and StatSN are compared. */
public final class SerialNumber {
    private SerialNumber() {}

    /** Whether {@code a} comes after {@code b}. */
    public static boolean after(int a, int b) {
        return a - b > 0;
    }
}
