package dev.tare.io.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IoLogTest {
    @TempDir
    Path folder;

    @Test
    void anIoIsALine() throws Exception {
        IoLog log = new IoLog();
        log.add(Operation.WRITE, 1_100, 1_200, 1_300, 8192, 4096);
        StringWriter out = new StringWriter();

        log.write(out, 3, 1_000);

        assertThat(out).hasToString("3,100,200,300,write,8192,4096\n");
    }

    @Test
    void whatFindsNoRoomIsCountedAndTold() throws Exception {
        IoLog log = new IoLog();
        for (int i = 0; i < IoLog.MOST + 2; i++) {
            log.add(Operation.READ, i, i, i, 0, 4096);
        }
        Path path = folder.resolve("ios.csv");
        try (LogFile file = LogFile.create(path)) {
            file.add(log, 0);
            assertThat(file.words()).isEqualTo(path + "; misses what came behind the first 1000000 I/Os of a thread");
        }

        assertThat(log.missing()).isEqualTo(2);
        try (var lines = java.nio.file.Files.lines(path)) {
            assertThat(lines.count()).isEqualTo(1 + IoLog.MOST);
        }
    }
}
