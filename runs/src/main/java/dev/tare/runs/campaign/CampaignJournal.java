package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tare.runs.JsonLines;
import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the journal of a campaign: one line per attempt, flushed before the next begins, so that a crash at any moment
 * loses at most the attempt in flight.
 */
public final class CampaignJournal implements AutoCloseable {
    private final CampaignFolder folder;
    private final CampaignHeader header;
    private final List<Attempt> attempts;
    private final JsonLines lines;

    private CampaignJournal(CampaignFolder folder, CampaignHeader header, List<Attempt> attempts, JsonLines lines) {
        this.folder = folder;
        this.header = header;
        this.attempts = attempts;
        this.lines = lines;
    }

    /** Begins a campaign in a new folder. */
    static CampaignJournal begin(CampaignFolder folder, CampaignHeader header) throws IOException {
        JsonLines lines = JsonLines.create(
                folder.journal(),
                JsonNodeFactory.instance.objectNode().put("kind", "campaign").put("schema", CampaignHeader.SCHEMA));
        return new CampaignJournal(folder, header, new ArrayList<>(), lines);
    }

    /** Goes on with a campaign; a last line that a crash cut short is cut off. */
    static CampaignJournal resume(CampaignFolder folder, CampaignHeader header)
            throws IOException, UnreadableRunException {
        List<Attempt> attempts = new ArrayList<>();
        JsonLines.Contents contents = read(folder.journal(), attempts);
        if (!contents.broken().isEmpty()) {
            throw new UnreadableRunException(contents.broken().get(0)
                    + "; expected a JSON object; remove the line to measure its attempt again, nothing of it"
                    + " was changed");
        }
        return new CampaignJournal(folder, header, attempts, JsonLines.resume(folder.journal(), contents));
    }

    /** Reads all attempts of a file into a list. */
    static JsonLines.Contents read(Path file, List<Attempt> attempts) throws UnreadableRunException {
        return JsonLines.read(file, line -> {
            // Other kinds that later versions of this schema may add are no attempts.
            if (line.get("kind").text().equals("attempt")) {
                attempts.add(Attempt.read(line));
            }
        });
    }

    /** Keeps an attempt. */
    public void append(Attempt attempt) throws IOException {
        lines.append(attempt.json());
        attempts.add(attempt);
    }

    /** The campaign as it is by now: what is filled, what is missing, what was void. */
    public Campaign campaign() {
        return new Campaign(folder, header, attempts, List.of());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
