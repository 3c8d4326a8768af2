package dev.tare.profiles.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.profiles.exit.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal as found on the disk.
 *
 * @param header its first line
 * @param entries every complete line after it
 * @param completeBytes where the last complete line ends; a crash may have left a part of one behind it
 */
record JournalReader(JsonNode header, List<JsonNode> entries, long completeBytes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a journal.
     *
     * @throws Refusal when the file is no journal, or one of its complete lines is broken
     */
    static JournalReader read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "not the folder of a run: expected a readable " + file + ", got " + e
                            + "; name the folder that run printed",
                    e);
        }
        List<JsonNode> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(line(file, lines.size() + 1, new String(bytes, start, i - start, StandardCharsets.UTF_8)));
                start = i + 1;
            }
        }
        if (lines.isEmpty() || !lines.get(0).path("kind").asText().equals("run")) {
            throw Refusal.unavailable(file + " is no journal of a run: its first line has no kind \"run\";"
                    + " nothing of it was changed. Start a new run");
        }
        return new JournalReader(lines.get(0), List.copyOf(lines.subList(1, lines.size())), start);
    }

    private static JsonNode line(Path file, int number, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw Refusal.unavailable(
                    file + ", line " + number + ": expected a JSON object, got \""
                            + text.substring(0, Math.min(60, text.length()))
                            + "\"; remove the line to go on without that fork",
                    e);
        }
    }
}
