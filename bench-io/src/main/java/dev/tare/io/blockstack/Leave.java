package dev.tare.io.blockstack;

import dev.tare.harness.Parameters;

/** What the user lets be overwritten; what is in use never is. */
public enum Leave {
    /** Nothing that was there before. */
    NONE,
    /** An existing file, or a device that carries no partition table, file system, RAID or volume signature. */
    TO_OVERWRITE,
    /** Also a device that carries one, which is lost then. */
    TO_DESTROY_MARKS;

    /** What a benchmark's user says to give the last of them, for messages. */
    public static final String MARKS_DESTROY = "marks=destroy";

    /**
     * From two parameters of a benchmark, so that the second is given on purpose.
     *
     * @param marks {@code refuse} or {@code destroy}
     * @throws IllegalArgumentException when it is neither, or {@code destroy} without leave to overwrite
     */
    public static Leave of(boolean overwrite, String marks) {
        Parameters.oneOf("marks", marks, "refuse", "destroy");
        boolean destroy = marks.equals("destroy");
        if (destroy && !overwrite) {
            throw new IllegalArgumentException(
                    "marks: expected overwrite=true beside marks=destroy, got overwrite=false; give both only if "
                            + "everything on the device may be lost, file systems included");
        }
        return destroy ? TO_DESTROY_MARKS : overwrite ? TO_OVERWRITE : NONE;
    }

    /** Whether something that was there before may be written. */
    public boolean isGiven() {
        return this != NONE;
    }
}
