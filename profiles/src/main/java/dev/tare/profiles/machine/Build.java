package dev.tare.profiles.machine;

import dev.tare.runs.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which Tare this is.
 *
 * @param version its version
 * @param commit the commit it was built from, with {@code -dirty} when it was changed; {@code unknown} when it was built
 *     without its history
 */
public record Build(String version, String commit) {
    private static final String RESOURCE = "/dev/tare/profiles/build.properties";

    /** Reads what the build wrote into the jar. */
    public static Build read() {
        Properties properties = new Properties();
        try (InputStream resource = Build.class.getResourceAsStream(RESOURCE)) {
            if (resource != null) {
                properties.load(resource);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String commit = properties.getProperty("git.commit.id.abbrev", Environment.UNKNOWN);
        boolean dirty = Boolean.parseBoolean(properties.getProperty("git.dirty", "false"));
        return new Build(
                properties.getProperty("git.build.version", Environment.UNKNOWN), dirty ? commit + "-dirty" : commit);
    }
}
