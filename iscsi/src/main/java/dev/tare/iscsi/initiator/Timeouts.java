package dev.tare.iscsi.initiator;

import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.pdu.Wire;
import dev.tare.iscsi.scsi.ScsiFailure;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no wait is forever: a silent target is asked whether it is there and then given up, a command that
 * takes too long is aborted.
 *
 * <p>It looks at the clock only in {@link #tick}, so that a command costs no reading of the clock, and yet not later than
 * after {@value #LONGEST_MS} ms, however slowly the target dribbles: the more turns may pass before the next look, the
 * shorter each of them may wait for the socket. Where turns are quick, a look comes every few hundred of them; a wait in
 * vain halves their number.
 */
final class Timeouts {
    private static final int PINGS_PER_LIMIT = 6;
    /** Most time between two looks at the clock; turns times wait. */
    private static final int LONGEST_MS = 4096;

    /** So that no wait is shorter than 8 ms: a timer before the kernel's next tick costs a guest an exit to its host. */
    private static final int MOST_TURNS = 512;

    private static final int LEAST_TURNS = 16;
    /** Turns that spin take no time worth mentioning. */
    private static final int BUSY_TURNS = 1 << 16;

    private final Task[] tasks;
    private final ControlResponses control;
    private final long limitNs;
    private final long lun;
    private final String peer;
    private final boolean busy;
    private int turnsPerTick = LEAST_TURNS;
    private int turns;
    private long tickedNs = System.nanoTime();
    private boolean heard = true;
    private long heardNs;
    private @Nullable Task aborting;
    private long abortingSinceNs;
    private int abortedSlot;

    Timeouts(Task[] tasks, ControlResponses control, Duration limit, long lun, Wire wire) {
        this.tasks = tasks;
        this.control = control;
        this.limitNs = limit.toNanos();
        this.lun = lun;
        this.peer = wire.peer();
        this.busy = wire.isBusy();
    }

    /** How long the next turn may wait for the socket. */
    int waitMs() {
        return LONGEST_MS / turnsPerTick;
    }

    /**
     * Counts a turn.
     *
     * @param inVain whether it waited as long as it might
     * @return whether it is time for {@link #tick}
     */
    boolean isDue(boolean inVain) {
        return inVain || ++turns >= (busy ? BUSY_TURNS : turnsPerTick);
    }

    /** Notes whether something came from the target. */
    void heard(boolean something) {
        heard |= something;
    }

    /** The slot of the command that {@link #tick} has returned the end of. */
    int abortedSlot() {
        return abortedSlot;
    }

    /**
     * Looks at the clock.
     *
     * @return why a command was aborted, or null
     * @throws ConnectionLost when the target is silent for too long or does not do what it is asked to
     */
    @Nullable
    ScsiFailure tick(long nowNs) throws ConnectionLost {
        pace(nowNs);
        if (heard) {
            heard = false;
            heardNs = nowNs;
        } else if (nowNs - heardNs > limitNs) {
            throw new ConnectionLost(
                    String.format(
                            Locale.ROOT,
                            "connection lost: nothing heard from %s for %d ms, not even an answer to a ping",
                            peer,
                            (nowNs - heardNs) / 1_000_000),
                    null);
        } else if (nowNs - heardNs > limitNs / PINGS_PER_LIMIT) {
            control.ping();
        }
        Task task = aborting;
        return task == null ? findOverdue(nowNs) : endOfAbort(task, nowNs);
    }

    private void pace(long nowNs) {
        boolean early = turns < turnsPerTick;
        boolean quick = nowNs - tickedNs < LONGEST_MS * 1_000_000L / 8;
        if (early && !busy) {
            turnsPerTick = Math.max(LEAST_TURNS, turnsPerTick / 2);
        } else if (quick) {
            turnsPerTick = Math.min(MOST_TURNS, turnsPerTick * 2);
        }
        turns = 0;
        tickedNs = nowNs;
    }

    private @Nullable ScsiFailure findOverdue(long nowNs) {
        for (Task task : tasks) {
            if (task.active && task.watchedTag != task.tag) {
                task.watchedTag = task.tag;
                task.watchedSinceNs = nowNs;
            } else if (task.active && nowNs - task.watchedSinceNs > limitNs) {
                aborting = task;
                abortingSinceNs = nowNs;
                control.abort(task, lun);
                return null;
            }
        }
        return null;
    }

    private @Nullable ScsiFailure endOfAbort(Task task, long nowNs) throws ConnectionLost {
        if (!task.active || task.tag != task.watchedTag) {
            // It ended while the abort was under way.
            aborting = null;
            return null;
        }
        Integer response = control.abortResponse();
        if (response == null) {
            if (nowNs - abortingSinceNs > limitNs) {
                throw new ConnectionLost("connection lost: " + peer + " did not answer to the abort of " + task, null);
            }
            return null;
        }
        if (response > 1) {
            throw new ConnectionLost(
                    "connection lost: " + peer + " does not abort " + task + " (response " + response + ")", null);
        }
        aborting = null;
        abortedSlot = task.slot();
        return new ScsiFailure(
                task.toString(),
                "no answer within " + limitNs / 1_000_000 + " ms, "
                        + (response == 0 ? "aborted" : "and the target does not know the task any more"),
                null);
    }
}
