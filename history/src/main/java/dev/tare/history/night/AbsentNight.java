package dev.tare.history.night;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A night in which a host measured nothing. There is no run that could tell, so a file does, which whoever started the
 * measurement leaves: {@code {"schema":1,"host":"web3","started":"2026-03-01T02:00:00Z","reason":"exit code 3: ..."}}.
 *
 * @param host its name, as its runs have it
 * @param started when it was to measure
 * @param reason why it did not, in one line, whatever lines the file has
 */
public record AbsentNight(String host, Instant started, String reason) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SCHEMA = 1;
    private static final String ENDING = ".absent.json";

    /** Whether a path is such a file: its name ends with {@code .absent.json}. */
    public static boolean isAt(Path path) {
        return path.toString().endsWith(ENDING) && Files.isRegularFile(path);
    }

    /**
     * Reads a file.
     *
     * @throws UnreadableRunException when it cannot be read, or does not say what it has to
     */
    public static AbsentNight read(Path file) throws UnreadableRunException {
        try {
            JsonNode root = JSON.readTree(file.toFile());
            if (root.path("schema").asInt() != SCHEMA) {
                throw new UnreadableRunException(file + ": expected schema " + SCHEMA + ", got "
                        + root.path("schema").asText("none"));
            }
            return new AbsentNight(text(file, root, "host"), started(file, root), text(file, root, "reason"));
        } catch (IOException e) {
            throw new UnreadableRunException(file + ": expected JSON of a night without a run: " + e.getMessage());
        }
    }

    private static String text(Path file, JsonNode root, String name) throws UnreadableRunException {
        String text = root.path(name).asText("").strip().replaceAll("\\s*\\R\\s*", " ");
        if (text.isEmpty()) {
            throw new UnreadableRunException(
                    file + ": expected \"" + name + "\" of a night without a run, got nothing");
        }
        return text;
    }

    private static Instant started(Path file, JsonNode root) throws UnreadableRunException {
        String text = text(file, root, "started");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableRunException(
                    file + ": expected an instant such as 2026-03-01T02:00:00Z as \"started\", got " + text);
        }
    }
}
