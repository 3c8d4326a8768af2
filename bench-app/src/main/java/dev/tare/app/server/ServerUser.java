package dev.tare.app.server;

import dev.tare.harness.ShortProgram;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the server: PostgreSQL refuses root, so that root hands it to user postgres or nobody; everybody else runs it
 * himself.
 */
final class ServerUser {
    /** Null for the user of this process. */
    private final @Nullable UserPrincipal other;

    /** The words before a command that make it that user's. */
    private final List<String> becoming;

    private ServerUser(@Nullable UserPrincipal other, List<String> becoming) {
        this.other = other;
        this.becoming = becoming;
    }

    /** The user for a server that this process starts. */
    static ServerUser here() throws IOException {
        if (!System.getProperty("user.name", "").equals("root")) {
            return new ServerUser(null, List.of());
        }
        for (String name : List.of("postgres", "nobody")) {
            try {
                UserPrincipal user =
                        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
                String group = ShortProgram.output(List.of("id", "-g", name));
                return new ServerUser(user, List.of("--reuid=" + name, "--regid=" + group, "--init-groups"));
            } catch (UserPrincipalNotFoundException absent) {
                // The next one.
            }
        }
        throw new IOException("database: expected a user postgres or nobody, for PostgreSQL refuses root, got neither;"
                + " make one, or start this as another user");
    }

    /**
     * Checks that the user can get into a folder.
     *
     * @throws IOException when he cannot, because it or a folder above is closed to him
     */
    void requireEntry(Path folder) throws IOException {
        if (other == null) {
            return;
        }
        try {
            ShortProgram.output(command("test", "-x", folder.toString()));
        } catch (IOException e) {
            throw new IOException(
                    "dataFolder: expected a folder that user " + other.getName()
                            + " can enter, for PostgreSQL refuses root, got " + folder
                            + "; open it and those above, or choose another, such as -p dataFolder=/var/tmp",
                    e);
        }
    }

    /** Gives a file or folder to the user. */
    void give(Path path) throws IOException {
        if (other != null) {
            Files.setOwner(path, other);
        }
    }

    /** A command line that runs a program as that user. */
    List<String> command(String... command) {
        return command(List.of(), command);
    }

    /** The same for a program that gets SIGQUIT when the thread that starts it has ended, however this process dies. */
    List<String> boundCommand(String... command) {
        return command(List.of("--pdeathsig", "QUIT"), command);
    }

    private List<String> command(List<String> binding, String... command) {
        List<String> words = new ArrayList<>(binding);
        words.addAll(becoming);
        if (!words.isEmpty()) {
            words.add(0, "setpriv");
        }
        words.addAll(List.of(command));
        return words;
    }
}
