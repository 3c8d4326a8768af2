package dev.tare.iscsi.initiator;

/** Data that may be sent now, in the order in which the target asked for them; never allocates. */
final class TransferRing {
    private final Transfer[] transfers;
    private int first;
    private int size;

    /** A piece of a write: what one R2T asked for, or what goes unasked. */
    static final class Transfer {
        int taskTag;
        int transferTag;
        int offset;
        int end;
        int dataNumber;
    }

    TransferRing(int capacity) {
        transfers = new Transfer[capacity];
        for (int i = 0; i < capacity; i++) {
            transfers[i] = new Transfer();
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int taskTag, int transferTag, int offset, int end) {
        Transfer transfer = transfers[(first + size++) % transfers.length];
        transfer.taskTag = taskTag;
        transfer.transferTag = transferTag;
        transfer.offset = offset;
        transfer.end = end;
        transfer.dataNumber = 0;
    }

    Transfer first() {
        return transfers[first];
    }

    void removeFirst() {
        first = (first + 1) % transfers.length;
        size--;
    }
}
