package dev.tare.iscsi.target;

/** A write whose data are not all here yet. */
final class WriteTask {
    final int tag;
    final Verdict.Transfer transfer;
    /** What the initiator says that it will send. */
    final int expectedBytes;
    /** What it shall send: not more than it says, and not more than the command writes. */
    final int wantedBytes;

    int received;
    /** Tag of the R2T that is being answered, or of unsolicited data. */
    int transferTag;
    /** Where the data of the open R2T, or the unsolicited data, end. */
    int sequenceEnd;

    /** Whether a Data-Out did not come in its turn, so that the rest is dropped. */
    boolean torn;

    int nextDataNumber;
    int nextTransferNumber;

    WriteTask(int tag, Verdict.Transfer transfer, int expectedBytes) {
        this.tag = tag;
        this.transfer = transfer;
        this.expectedBytes = expectedBytes;
        this.wantedBytes = Math.min(expectedBytes, transfer.bytes());
    }
}
