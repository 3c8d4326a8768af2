package dev.tare.harness;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A daemon thread that repeats a short task, beside what is measured. Whatever the task throws, errors included, is handed
 * to the owner, so that a watch never ends unseen, as it would in a {@link
 * java.util.concurrent.ScheduledExecutorService}.
 */
public final class RepeatedTask implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long periodMs;
    private final Task task;
    private final Consumer<Throwable> failed;

    private RepeatedTask(long periodMs, Task task, Consumer<Throwable> failed) {
        this.periodMs = periodMs;
        this.task = task;
        this.failed = failed;
    }

    /** What is repeated. */
    public interface Task {
        void run() throws Exception;
    }

    /**
     * Runs a task again and again, never twice at once.
     *
     * @param name of the thread
     * @param periodMs from the end of one run to the begin of the next, and to the first
     * @param failed gets what the task throws; the task is repeated all the same until this is closed, which {@code failed}
     *     may do
     */
    public static RepeatedTask start(String name, long periodMs, Task task, Consumer<Throwable> failed) {
        RepeatedTask repeated = new RepeatedTask(periodMs, task, failed);
        Thread thread = new Thread(repeated::repeat, name);
        thread.setDaemon(true);
        thread.start();
        return repeated;
    }

    /** Lets a run that is under way end, without waiting for it, and begins no other. */
    @Override
    public void close() {
        closed.countDown();
    }

    @SuppressWarnings("CatchingUnchecked") // That is what it is for.
    private void repeat() {
        try {
            while (!closed.await(periodMs, TimeUnit.MILLISECONDS)) {
                try {
                    task.run();
                } catch (InterruptedException e) {
                    throw e;
                } catch (Throwable e) {
                    failed.accept(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed.accept(e);
        }
    }
}
