package dev.tare.io.workload;

import dev.tare.io.device.DeviceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file of the logs of a trial's threads, CSV with a header. Each fork makes its own: where there is one already, the next
 * has a number behind its name, so that nothing is overwritten.
 */
final class LogFile implements Closeable {
    private static final int MOST = 10_000;

    private final Path path;
    private final Writer out;
    private final long openedNs = System.nanoTime();
    private long missing;

    private LogFile(Path path) throws IOException {
        this.path = path;
        this.out = Files.newBufferedWriter(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        out.write(IoLog.header());
    }

    static LogFile create(Path wanted) throws IOException {
        for (int number = 1; number < MOST; number++) {
            Path path = number == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "." + number);
            try {
                return new LogFile(path);
            } catch (FileAlreadyExistsException e) {
                // That of an earlier fork or run.
            } catch (IOException e) {
                throw new DeviceException(
                        "log " + path,
                        "a file that can be made",
                        e.toString(),
                        "name one in a folder that can be written to",
                        e);
            }
        }
        throw new DeviceException(
                "log " + wanted,
                "a name that is free",
                MOST + " files of that name",
                "move them away, or name another");
    }

    /** Writes a thread's. */
    void add(IoLog log, int thread) throws IOException {
        missing += log.missing();
        log.write(out, thread, openedNs);
    }

    /** As a fact. */
    String words() {
        return path + (missing == 0 ? "" : "; misses what came behind the first " + IoLog.MOST + " I/Os of a thread");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
