package dev.tare.app.database;

import dev.tare.harness.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/** Where a database is, and how its driver talks to it. */
public final class DatabaseAddress {
    /** How every URL of this driver begins. */
    public static final String SCHEME = "jdbc:postgresql:";

    /** Properties that the parameters of the benchmark decide, or that must not be shown. */
    private static final List<String> NOT_IN_URL = List.of(
            "password", "sslpassword", "currentschema", "prepareThreshold", "preferQueryMode", "options", "autosave");

    private static final String CONNECT_LIMIT_S = "20";

    /** How statements get to the server: as pgbench's {@code -M}. */
    public enum Protocol {
        /** Parsed once, then bound and executed by name. */
        PREPARED,
        /** Parsed, bound and executed each time. */
        EXTENDED,
        /** As text with the values in it. */
        SIMPLE;

        /**
         * By its name as a parameter.
         *
         * @throws IllegalArgumentException when there is none of that name
         */
        public static Protocol of(String name) {
            return valueOf(Parameters.oneOf("protocol", name, "prepared", "extended", "simple")
                    .toUpperCase(Locale.ROOT));
        }
    }

    private final String url;
    private final Properties driver;

    private DatabaseAddress(String url, Properties driver) {
        this.url = url;
        this.driver = driver;
    }

    /** With the user in the URL, and the password where the driver looks for it, such as {@code ~/.pgpass}. */
    public static DatabaseAddress of(String url, Protocol protocol) {
        Properties driver = new Properties();
        driver.setProperty("ApplicationName", "tare");
        driver.setProperty("connectTimeout", CONNECT_LIMIT_S);
        // Instead of a limit for each read (socketTimeout), which costs two more system calls a round trip.
        driver.setProperty("socketFactory", ChannelSockets.class.getName());
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty("preferQueryMode", protocol == Protocol.SIMPLE ? "simple" : "extended");
        driver.setProperty("prepareThreshold", protocol == Protocol.PREPARED ? "1" : "0");
        return new DatabaseAddress(url, driver);
    }

    /** The same with a user. */
    public DatabaseAddress withUser(String user) {
        return with("user", user);
    }

    /** The same with a password. */
    public DatabaseAddress withPassword(String password) {
        return with("password", password);
    }

    /**
     * The same with the password in the first line of a file.
     *
     * @throws IOException when it cannot be read, is empty, or when others than its owner and group may read it
     */
    public DatabaseAddress withPasswordOf(Path file) throws IOException {
        return with("password", password(file));
    }

    private DatabaseAddress with(String property, String value) {
        Properties more = new Properties();
        more.putAll(driver);
        more.setProperty(property, value);
        return new DatabaseAddress(url, more);
    }

    /**
     * Opens a connection that commits each statement by itself.
     *
     * @throws ServerFailure when the server does not take it, with what to do
     */
    public Connection connect() throws ServerFailure {
        try {
            return DriverManager.getConnection(url, driver);
        } catch (SQLException e) {
            throw ServerFailure.of("a connection to " + shown(url), e);
        }
    }

    /**
     * Checks the form of a URL, without asking for a host.
     *
     * @throws IllegalArgumentException when it has another form, or has what must not stand in it, with words that have no
     *     password in them
     */
    public static void require(String url) {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException(
                    "database: expected embedded or " + SCHEME + "//HOST[:PORT]/DATABASE, got \"" + shown(url)
                            + "\"; pass for example -p database=" + SCHEME + "//127.0.0.1/bench?user=bench");
        }
        String lower = url.toLowerCase(Locale.ROOT);
        for (String property : NOT_IN_URL) {
            if (lower.contains(property.toLowerCase(Locale.ROOT) + "=")) {
                throw new IllegalArgumentException("database: expected no " + property + " in the URL "
                        + shown(url) + ", got one; "
                        + (property.endsWith("assword")
                                ? "parameters are kept with results: give the password by -p passwordFile=FILE or in ~/.pgpass"
                                : "the benchmark chooses it, see protocol and synchronousCommit; leave it out"));
            }
        }
    }

    /** A URL without what stands behind its question mark. */
    public static String shown(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question) + "?...";
    }

    private static String password(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("passwordFile: expected a file with the password in one line, got " + file
                    + ", which cannot be read; make it with: (umask 077; cat > " + file + ")");
        }
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        Set<PosixFilePermission> permissions =
                posix == null ? Set.of() : posix.readAttributes().permissions();
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException("passwordFile: expected a file that others cannot read, got " + file
                    + "; close it with: chmod o= " + file);
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || lines.get(0).isEmpty()) {
            throw new IOException(
                    "passwordFile: expected the password in the first line, got an empty one; write it into " + file);
        }
        return lines.get(0);
    }
}
