package dev.tare.runs.campaign;

import dev.tare.runs.JsonCursor;
import dev.tare.runs.Run;
import dev.tare.runs.RunFolder;
import dev.tare.runs.UnreadableRunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A campaign as its folder has it.
 *
 * @param folder where it is
 * @param header what it was asked for
 * @param attempts all of them, void ones too, in the order in which they were made
 * @param warnings what is wrong with its files, in sentences
 */
public record Campaign(CampaignFolder folder, CampaignHeader header, List<Attempt> attempts, List<String> warnings) {
    /** Keeps copies. */
    public Campaign {
        attempts = List.copyOf(attempts);
        warnings = List.copyOf(warnings);
    }

    /** What it is called in reports: its folder's name. */
    public String name() {
        return Run.nameOf(folder.run().path());
    }

    /** Whether a folder is that of a campaign. */
    public static boolean isAt(Path path) {
        return Files.isRegularFile(path.resolve(CampaignFolder.HEADER));
    }

    /**
     * Reads a campaign. A line that cannot be read costs its attempt and leaves a warning.
     *
     * @throws UnreadableRunException when the folder is none of a campaign, or a later version wrote it
     */
    public static Campaign read(Path path) throws UnreadableRunException {
        if (!isAt(path)) {
            throw new UnreadableRunException(path + ": expected the folder of a campaign, got one without "
                    + CampaignFolder.HEADER + "; name the folder that 'campaign' printed");
        }
        CampaignHeader header = CampaignHeader.read(JsonCursor.read(path.resolve(CampaignFolder.HEADER)));
        List<Attempt> attempts = new ArrayList<>();
        Path journal = path.resolve(CampaignFolder.JOURNAL);
        List<String> warnings = Files.exists(journal)
                ? CampaignJournal.read(journal, attempts).warnings()
                : List.of(CampaignFolder.JOURNAL + " is absent: nothing was measured yet");
        return new Campaign(new CampaignFolder(new RunFolder(path)), header, attempts, warnings);
    }

    /** The attempts that count, of each slot the last, in the order in which they were made. */
    public List<Attempt> counted() {
        return attempts.stream()
                .filter(attempt -> !attempt.isVoid())
                .filter(attempt ->
                        counted(attempt.slot()).filter(attempt::equals).isPresent())
                .toList();
    }

    /** The attempt that counts for a slot. */
    public Optional<Attempt> counted(Slot slot) {
        return attempts.stream()
                .filter(attempt -> attempt.slot().equals(slot) && !attempt.isVoid())
                .reduce((first, last) -> last);
    }

    /** Attempts that were void, in the order in which they were made. */
    public List<Attempt> voids() {
        return attempts.stream().filter(Attempt::isVoid).toList();
    }

    /** Slots that no attempt fills, whether they can still be tried or not, round by round. */
    public List<Slot> unfilled() {
        return header.slots().stream().filter(slot -> counted(slot).isEmpty()).toList();
    }

    /** Slots that remain to be tried: not filled, and void no more often than they may be repeated; round by round. */
    public List<Slot> missing() {
        return unfilled().stream()
                .filter(slot -> attemptsAt(slot) <= header.repeats())
                .toList();
    }

    /** How often a slot was tried. */
    public int attemptsAt(Slot slot) {
        return (int)
                attempts.stream().filter(attempt -> attempt.slot().equals(slot)).count();
    }
}
