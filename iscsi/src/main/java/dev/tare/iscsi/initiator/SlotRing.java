package dev.tare.iscsi.initiator;

/** A first-in first-out queue of slot numbers that never allocates. */
final class SlotRing {
    private final int[] slots;
    private int first;
    private int size;

    SlotRing(int capacity) {
        slots = new int[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int slot) {
        slots[(first + size++) % slots.length] = slot;
    }

    int remove() {
        int slot = slots[first];
        first = (first + 1) % slots.length;
        size--;
        return slot;
    }
}
