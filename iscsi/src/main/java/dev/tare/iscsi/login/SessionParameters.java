package dev.tare.iscsi.login;

/**
 * What a login agreed on (RFC 7143, section 13), seen from one side.
 *
 * @param maxReceiveBytes longest data segment that this side accepts
 * @param maxSendBytes longest data segment that the other side accepts
 * @param firstBurstBytes most data of a command that may come unasked, immediate data included
 * @param maxBurstBytes most data of one R2T or of one Data-In sequence
 * @param maxOutstandingTransfers R2Ts that may be open for one command
 * @param initialTransfer whether unsolicited Data-Out is forbidden (InitialR2T)
 * @param immediateData whether a command may carry data
 */
public record SessionParameters(
        int maxReceiveBytes,
        int maxSendBytes,
        int firstBurstBytes,
        int maxBurstBytes,
        int maxOutstandingTransfers,
        boolean initialTransfer,
        boolean immediateData,
        boolean headerDigest,
        boolean dataDigest) {

    /** Longest value of the length keys. */
    static final int MOST_BYTES = (1 << 24) - 1;

    private static final int SEGMENT_BYTES = 256 << 10;
    private static final int BURST_BYTES = (16 << 20) - 4096;
    private static final int TRANSFERS = 8;

    /** What our initiator asks for: the largest bursts, and data with the command. */
    public static SessionParameters wanted(boolean headerDigest, boolean dataDigest) {
        return new SessionParameters(
                SEGMENT_BYTES, 8192, SEGMENT_BYTES, BURST_BYTES, TRANSFERS, false, true, headerDigest, dataDigest);
    }
}
