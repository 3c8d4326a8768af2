package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class FlushCheckTest {
    private static final long SECOND_NS = 1_000_000_000;
    /** A flush of 1 ms: 1000/s of each client at most. */
    private static final OptionalLong FLUSH = OptionalLong.of(1_000_000);

    @Test
    void clientsThatWaitForAFlushEachAreBelieved() {
        FlushCheck flushCheck = new FlushCheck(true, "ext4", FLUSH);

        // 4 clients whose commits share flushes, on a device that is a little faster than when it was timed.
        flushCheck.observe(5000, 4, SECOND_NS);

        assertThat(flushCheck.verdict()).isEqualTo("nothing speaks against it");
    }

    @Test
    void moreCommitsThanFlushesAreFlagged() {
        FlushCheck flushCheck = new FlushCheck(true, "ext4", FLUSH);

        flushCheck.observe(8001, 4, SECOND_NS);
        flushCheck.observe(1, 4, SECOND_NS);

        assertThat(flushCheck.verdict()).isEqualTo("no: more commits than the device flushes");
    }

    @Test
    void whatIsNotAskedForOrNotPossibleIsSaid() {
        FlushCheck off = new FlushCheck(false, "ext4", FLUSH);
        off.observe(1_000_000, 1, SECOND_NS);

        assertThat(off.verdict()).isEqualTo("no: fsync or synchronous_commit is off");
        assertThat(new FlushCheck(true, "tmpfs", FLUSH).verdict()).isEqualTo("no: tmpfs keeps its files in memory");
        assertThat(new FlushCheck(true, "", OptionalLong.empty()).verdict())
                .isEqualTo("unknown: the server's disk is not here");
    }
}
