package dev.tare.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.LunQueue;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.iscsi.target.TargetOptions;
import dev.tare.iscsi.target.TargetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example in the package's documentation runs as it stands there. */
@Timeout(60)
class ExampleTest {
    private static final Path SOURCES = Path.of("src");

    @Test
    void theExampleRuns() throws Exception {
        // begin of the example
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        TargetOptions options = TargetOptions.of(TargetOptions.NAME, null, anyPort);
        try (TargetServer target = TargetServer.ofMemory(64 << 20, options, event -> {})) {
            int port = target.address().getPort();
            LunAddress address = LunAddress.parse("iscsi://127.0.0.1:" + port + "/" + TargetOptions.NAME + "/0");
            try (Lun lun = Lun.open(address, SessionOptions.plain());
                    LunQueue queue = lun.openQueue(1, 4096)) {
                queue.buffer(0).putLong(0, 42);
                queue.submitWrite(0, 8192);
                queue.await();
                queue.submitRead(0, 8192);
                queue.await();
                System.out.println("block 2: " + queue.buffer(0).getLong(0));
            }
        }
        // end of the example
    }

    @Test
    void theDocumentationHasTheSameLines() throws Exception {
        List<String> documented = between(
                SOURCES.resolve("main/java/dev/tare/iscsi/package-info.java"), " * <pre>{@code", " * }</pre>", " * ");
        List<String> compiled = between(
                SOURCES.resolve("test/java/dev/tare/iscsi/ExampleTest.java"),
                "        // begin of the example",
                "        // end of the example",
                "        ");
        assertThat(documented).isEqualTo(compiled).hasSizeGreaterThan(10);
    }

    private static List<String> between(Path file, String begin, String end, String prefix) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(lines.indexOf(begin) + 1, lines.indexOf(end)).stream()
                .map(line -> line.substring(prefix.length()))
                .toList();
    }
}
