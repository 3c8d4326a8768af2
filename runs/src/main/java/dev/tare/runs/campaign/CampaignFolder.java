package dev.tare.runs.campaign;

import dev.tare.runs.DurableFile;
import dev.tare.runs.FolderLock;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.RunFolder;
import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a campaign: {@code campaign.json}, {@code journal.jsonl}, and one ordinary run folder for each host in
 * {@code hosts}.
 *
 * @param run the folder itself, which is made, checked for room and locked as that of a run
 */
public record CampaignFolder(RunFolder run) {
    static final String HEADER = "campaign.json";
    static final String JOURNAL = "journal.jsonl";
    private static final String HOSTS = "hosts";

    /**
     * Makes the folder of a new campaign.
     *
     * @throws RunFolder.UnusableException when it cannot be made or written, holds files already, or the disk is nearly full
     */
    public static CampaignFolder create(Path path) throws RunFolder.UnusableException {
        return new CampaignFolder(RunFolder.create(path));
    }

    /**
     * The folder of a campaign that exists.
     *
     * @throws RunFolder.UnusableException when it has no journal, or when the disk is nearly full
     */
    public static CampaignFolder open(Path path) throws RunFolder.UnusableException {
        return new CampaignFolder(RunFolder.open(path));
    }

    /** Locks the folder for this process, as a run's is locked. */
    public FolderLock lock() throws RunFolder.UnusableException {
        return run.lock();
    }

    /** Writes what is planned and begins the journal; the header is whole or absent, and comes first. */
    public CampaignJournal begin(CampaignHeader header) throws IOException {
        Files.createDirectories(run.path().resolve(HOSTS));
        DurableFile.write(run.path().resolve(HEADER), header.json().toPrettyString() + "\n");
        return CampaignJournal.begin(this, header);
    }

    /**
     * Goes on with the campaign.
     *
     * @throws UnreadableRunException when its files are not those of this schema, or a line before the last is broken
     */
    public CampaignJournal resume() throws IOException, UnreadableRunException {
        return CampaignJournal.resume(
                this, CampaignHeader.read(JsonCursor.read(run.path().resolve(HEADER))));
    }

    /** The run folder of a host, to be made by {@link RunFolder#create}. */
    public Path host(String name) {
        return run.path().resolve(HOSTS).resolve(name);
    }

    /** Whether a file is one of those that make up the campaign, those of its hosts' runs among them. */
    public boolean keeps(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path hosts = run.path().resolve(HOSTS).toAbsolutePath().normalize();
        return run.keeps(file) || RunFolder.isSame(file, run.path().resolve(HEADER)) || absolute.startsWith(hosts);
    }

    Path journal() {
        return run.path().resolve(JOURNAL);
    }
}
