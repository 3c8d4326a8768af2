package dev.tare.mem.kernel;

/** Kernels that leave elements out. */
class LeavesOut<A> implements MemoryKernels<A> {
    private final MemoryKernels<A> whole;
    private final int atBegin;
    private final int atEnd;

    LeavesOut(MemoryKernels<A> whole, int atBegin, int atEnd) {
        this.whole = whole;
        this.atBegin = atBegin;
        this.atEnd = atEnd;
    }

    @Override
    public String blockDescription() {
        return "incomplete " + whole.blockDescription();
    }

    @Override
    public long read(A block, int begin, int end, int passes) {
        return whole.read(block, begin + atBegin, end - atEnd, passes);
    }

    @Override
    public void write(A block, int begin, int end, int passes, int firstValue) {
        whole.write(block, begin + atBegin, end - atEnd, passes, firstValue);
    }

    @Override
    public void copy(A from, A to, int begin, int end) {
        whole.copy(from, to, begin + atBegin, end - atEnd);
    }

    @Override
    public void scale(A from, A to, int begin, int end) {
        whole.scale(from, to, begin + atBegin, end - atEnd);
    }

    @Override
    public void add(A left, A right, A to, int begin, int end) {
        whole.add(left, right, to, begin + atBegin, end - atEnd);
    }

    @Override
    public void triad(A left, A right, A to, int begin, int end) {
        whole.triad(left, right, to, begin + atBegin, end - atEnd);
    }
}
