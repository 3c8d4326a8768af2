package dev.tare.io.origin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session of the kernel's iSCSI initiator.
 *
 * @param target the target's name (IQN), or {@code unknown}
 * @param portal address and port, or {@code unknown}
 */
public record IscsiSession(String target, String portal) {
    private static final Pattern SESSION = Pattern.compile("/session(\\d+)/");

    /** The session whose disk lies at a path below {@code /sys/devices}. */
    static Optional<IscsiSession> of(Path sys, Path disk) throws IOException {
        Matcher session = SESSION.matcher(disk + "/");
        if (!session.find()) {
            return Optional.empty();
        }
        String number = session.group(1);
        return Optional.of(new IscsiSession(
                Attribute.read(sys.resolve("class/iscsi_session/session" + number + "/targetname"))
                        .orElse("unknown"),
                portal(sys.resolve("class/iscsi_connection"), number).orElse("unknown")));
    }

    private static Optional<String> portal(Path connections, String session) throws IOException {
        if (!Files.isDirectory(connections)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(connections, "connection" + session + ":*")) {
            for (Path connection : all) {
                Optional<String> address = Attribute.read(connection.resolve("persistent_address"));
                Optional<String> port = Attribute.read(connection.resolve("persistent_port"));
                if (address.isPresent()) {
                    return Optional.of(
                            address.get() + port.map(number -> ":" + number).orElse(""));
                }
            }
        }
        return Optional.empty();
    }
}
