package dev.tare.campaign.manage;

import dev.tare.runs.Configuration;
import dev.tare.runs.ForkEntry;
import dev.tare.runs.RunFolder;
import dev.tare.runs.RunHeader;
import dev.tare.runs.RunJournal;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.CampaignFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One ordinary run folder for each host that measures, with the forks of the attempts that count. */
final class HostFolders implements AutoCloseable {
    private final Map<String, RunFolder> folders = new LinkedHashMap<>();
    private final Map<String, RunJournal> journals = new LinkedHashMap<>();

    /** Begins a host's folder. */
    void begin(CampaignFolder campaign, String host, RunHeader header, String environmentJson) throws IOException {
        RunFolder folder = RunFolder.create(campaign.host(host));
        folder.writeEnvironment(environmentJson);
        folders.put(host, folder);
        journals.put(host, RunJournal.create(folder.journal(), header));
    }

    /**
     * Goes on with a host's folder.
     *
     * @return what in it differs from the host as it is now, in sentences
     */
    List<String> resume(CampaignFolder campaign, String host, RunHeader now)
            throws IOException, UnreadableRunException {
        RunFolder folder = RunFolder.open(campaign.host(host));
        RunJournal journal = RunJournal.resume(folder.journal());
        folders.put(host, folder);
        journals.put(host, journal);
        List<String> differences = new ArrayList<>();
        journal.header()
                .fingerprint()
                .differences(now.fingerprint())
                .forEach(text -> differences.add(host + ": " + text));
        if (!journal.header().jvmFlags().equals(now.jvmFlags())) {
            differences.add(host + ": JVM flags: the campaign has "
                    + journal.header().jvmFlags() + ", there is now " + now.jvmFlags());
        }
        return differences;
    }

    /** The number that the next fork of a configuration gets; a number is never used twice. */
    int next(String host, Configuration configuration) {
        RunJournal journal = journals.get(host);
        int round = 1;
        while (journal != null && journal.has(configuration, round)) {
            round++;
        }
        return round;
    }

    /** Keeps a fork. */
    void append(String host, ForkEntry fork) throws IOException {
        RunJournal journal = journals.get(host);
        if (journal != null) {
            journal.append(fork);
        }
    }

    /** Keeps what JMH and forks said. */
    void log(String title, Map<String, String> logs) throws IOException {
        for (Map.Entry<String, String> log : logs.entrySet()) {
            RunFolder folder = folders.get(log.getKey());
            if (folder != null) {
                try (PrintStream out = folder.openLog()) {
                    out.println("# " + title);
                    out.print(log.getValue());
                }
            }
        }
    }

    /** Writes JMH's results of what every host has so far. */
    void writeResults() throws IOException {
        for (Map.Entry<String, RunJournal> journal : journals.entrySet()) {
            RunFolder folder = folders.get(journal.getKey());
            if (folder != null) {
                folder.writeResults(journal.getValue().results());
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (RunJournal journal : journals.values()) {
            journal.close();
        }
    }
}
