package dev.tare.app.server;

import dev.tare.harness.OwnedFolder;
import dev.tare.harness.Reasons;
import dev.tare.harness.ShortProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder for one server's data. What nobody could remove because everybody was killed goes when the next one is made beside
 * it, with a server that still runs there.
 */
final class DataFolder implements AutoCloseable {
    private static final String PREFIX = "tare-app-";
    /** Where the server keeps its files: initdb wants a folder of its own. */
    private static final String CLUSTER = "cluster";

    private final OwnedFolder folder;

    private DataFolder(OwnedFolder folder) {
        this.folder = folder;
    }

    /**
     * Removes left-overs and makes a new folder.
     *
     * @throws IOException when the parent takes none
     */
    static DataFolder create(Path parent) throws IOException {
        try {
            return new DataFolder(OwnedFolder.create(parent, PREFIX, DataFolder::endServer));
        } catch (IOException e) {
            throw new IOException(
                    "dataFolder: expected to make a folder in " + parent + ", got " + Reasons.of(e)
                            + "; choose one that you can write to",
                    e);
        }
    }

    /** Where it is. */
    Path path() {
        return folder.path();
    }

    /** Where the server's files go; not there yet. */
    Path cluster() {
        return path().resolve(CLUSTER);
    }

    /** A server whose starter was killed, if the system did not end it: it runs in that folder's cluster. */
    private static void endServer(Path leftOver) throws IOException {
        System.err.println("removes " + leftOver + ", which a killed run left");
        Optional<ProcessHandle> server = serverOf(leftOver.resolve(CLUSTER));
        if (server.isPresent()) {
            ShortProgram.output(
                    List.of("kill", "-QUIT", Long.toString(server.get().pid())));
            server.get().onExit().join();
        }
    }

    /** The first line of postmaster.pid is the server's number; another process may have it meanwhile. */
    private static Optional<ProcessHandle> serverOf(Path cluster) {
        try {
            String pid =
                    Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip();
            Path works = Files.readSymbolicLink(Path.of("/proc", pid, "cwd"));
            return works.equals(cluster.toRealPath()) ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** Deletes everything. */
    @Override
    public void close() throws IOException {
        folder.close();
    }
}
