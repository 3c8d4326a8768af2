package dev.tare.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.app.database.DatabaseAddress;
import dev.tare.app.database.DatabaseAddress.Protocol;
import dev.tare.app.database.ServerFailure;
import dev.tare.parts.JavaCommand;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of our own, and what is left of them: nothing. */
@RequiresProgram(value = "pg_lsclusters", debianPackage = "postgresql")
final class EmbeddedServerIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @BeforeEach
    void openTheFolderForTheServersUser() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    private static DatabaseAddress address(EmbeddedServer server) {
        return DatabaseAddress.of(server.url(), Protocol.PREPARED)
                .withUser(server.user())
                .withPassword(server.password());
    }

    private List<Path> content() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void itServesWhoKnowsItsPasswordOnLoopbackAndGoesWithItsData() throws Exception {
        long pid;
        try (EmbeddedServer server = EmbeddedServer.start(folder, 20)) {
            pid = server.pid();
            try (Connection connection = address(server).connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT current_setting('listen_addresses'),"
                            + " current_setting('unix_socket_directories'), current_setting('data_directory'),"
                            + " current_setting('max_connections')")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("127.0.0.1");
                assertThat(row.getString(2)).isEmpty();
                assertThat(row.getString(3)).isEqualTo(server.data().toString());
                assertThat(row.getString(4)).isEqualTo("20");
            }
            assertThatThrownBy(() -> address(server).withPassword("guess").connect())
                    .hasMessageContaining("28P01");
            assertThat(server.data().resolveSibling("password")).doesNotExist();
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(content()).isEmpty();
    }

    @Test
    void aKilledJvmLeavesNothing() throws Exception {
        try (RunningProgram starter = starter()) {
            ProcessHandle server = serverOf(starter);
            ProcessHandle keeper = server.parent().orElseThrow();

            starter.process().destroyForcibly();

            server.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            keeper.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(content()).isEmpty();
        }
    }

    @Test
    void aKilledKeeperTakesTheServerAlongAndTheNextOneRemovesTheData() throws Exception {
        try (RunningProgram starter = starter()) {
            ProcessHandle server = serverOf(starter);

            server.parent().orElseThrow().destroyForcibly();

            server.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(content()).hasSize(1);
        }
        EmbeddedServer.start(folder, 20).close();
        assertThat(content()).isEmpty();
    }

    @Test
    void whatIsInUseOrNotOursIsNotRemoved() throws Exception {
        Path theirs = Files.createDirectory(folder.resolve("tare-app-0123456789"));
        try (EmbeddedServer one = EmbeddedServer.start(folder, 20);
                EmbeddedServer other = EmbeddedServer.start(folder, 20)) {
            assertThat(one.data()).isNotEqualTo(other.data());
            try (Connection connection = address(one).connect()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
        assertThat(content()).containsExactly(theirs);
    }

    @Test
    void aKilledServerIsToldWithHowItEnded() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(folder, 20);
                Connection connection = address(server).connect();
                Statement statement = connection.createStatement()) {
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();

            // The backend ends when it sees that the postmaster has.
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(server.withLastWords(ServerFailure.of("a query", e)))
                                    .hasMessageContaining("a query: expected it done")
                                    .hasMessageContaining("the server ended with exit code 137"));
        }
        assertThat(content()).isEmpty();
    }

    @Test
    @RequiresRoot
    void aFolderThatTheServersUserCannotEnterIsRefused() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));

        assertThat(EmbeddedServer.missing(folder))
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("dataFolder: expected a folder that user postgres can enter"));
        assertThatThrownBy(() -> EmbeddedServer.start(folder, 20)).hasMessageContaining("-p dataFolder=/var/tmp");
        assertThat(content()).isEmpty();
    }

    @Test
    @RequiresRoot
    void aFullDiskIsToldInTheServersWords() throws Exception {
        Path memory = Files.createDirectory(folder.resolve("memory"));
        RunningProgram.start(
                        List.of("mount", "-t", "tmpfs", "-o", "size=100m,mode=0711", "tare-test", memory.toString()))
                .awaitExit(LIMIT);
        try (EmbeddedServer server = EmbeddedServer.start(memory, 20);
                Connection connection = address(server).connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(
                            "CREATE TABLE large AS SELECT repeat('x', 1000) FROM generate_series(1, 100000)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(server.withLastWords(ServerFailure.of("a table", e)))
                                    .hasMessageContaining("No space left on device"));
        } finally {
            RunningProgram.start(List.of("umount", memory.toString())).awaitExit(LIMIT);
        }
    }

    /** In a view of the file system without the installed programs, which the archive was made of before. */
    @Test
    @RequiresRoot
    @RequiresProgram(value = "xz", debianPackage = "xz-utils")
    void programsComeFromAnArchiveOnTheClassPathWhereNoneAreInstalled() throws Exception {
        Path archives = Files.createDirectory(folder.resolve("archives"));
        Files.setPosixFilePermissions(archives, PosixFilePermissions.fromString("rwxr-xr-x"));
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "-m",
                "sh",
                "-ec",
                "archive=$1; shift; tar -I 'xz -0' -cf $archive -C \"$(ls -d /usr/lib/postgresql/*/ | tail -n 1)\""
                        + " bin/initdb bin/postgres lib/dict_snowball.so lib/plpgsql.so; for bin in /usr/lib/postgresql/*/bin; do mount -t tmpfs none $bin;"
                        + " done; exec \"$@\"",
                "sh",
                archives.resolve("postgres-linux-" + architecture + ".txz").toString()));
        command.addAll(JavaCommand.of(List.of(), ServerStarter.class.getName(), folder.toString()));
        // The process beside the benchmark needs it, too.
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Xbootclasspath/a:" + archives);

        try (RunningProgram starter = RunningProgram.start(command, environment, folder.toFile())) {
            ProcessHandle server = serverOf(starter);

            assertThat(server.info().command())
                    .hasValueSatisfying(program ->
                            assertThat(program).startsWith(folder.toString()).endsWith("/programs/bin/postgres"));
        }
    }

    private RunningProgram starter() throws IOException {
        return RunningProgram.start(JavaCommand.of(List.of(), ServerStarter.class.getName(), folder.toString()));
    }

    private static ProcessHandle serverOf(RunningProgram starter) throws InterruptedException {
        Matcher server = starter.awaitLine(Pattern.compile("^server (\\d+) in "));
        return ProcessHandle.of(Long.parseLong(server.group(1))).orElseThrow();
    }
}
