package dev.tare.io.workload;

import dev.tare.io.pattern.Region;

/**
 * Which part of the work is a thread's: thread {@code i} of {@code threads} works on target {@code i} modulo {@code targets},
 * and those on one target have equal slices of it.
 *
 * @param thread from 0
 * @param threads of all targets together
 * @param targets how many there are, at most as many as threads
 */
public record ThreadPart(int thread, int threads, int targets) {
    /** One thread on one target. */
    public static final ThreadPart WHOLE = new ThreadPart(0, 1, 1);

    /** The target, from 0. */
    int target() {
        return thread % targets;
    }

    /** The thread's slice of its target's working set, in whole steps. */
    Region slice(Region workingSet, int stepBytes) {
        return workingSet.slice(thread / targets, threadsOfTarget(), stepBytes);
    }

    /** Threads that share the target. */
    int threadsOfTarget() {
        return (threads - target() + targets - 1) / targets;
    }
}
