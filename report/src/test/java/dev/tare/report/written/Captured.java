package dev.tare.report.written;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** JSON files that JMH 1.37 wrote on JDK 17. */
public final class Captured {
    private Captured() {}

    public static Path file(String name) throws URISyntaxException {
        URL resource = Objects.requireNonNull(
                Captured.class.getResource("/dev/tare/report/captured/" + name), "missing test resource " + name);
        return Path.of(resource.toURI());
    }
}
