package dev.tare.runs.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.runs.Configuration;
import dev.tare.runs.RunFolder;
import dev.tare.runs.UnreadableRunException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CampaignJournalTest {
    /** Beyond 2^53, where doubles have steps of 256 ns. */
    private static final long GO_NS = 1_795_899_365_605_485_331L;

    @TempDir
    Path temporary;

    @Test
    void whatIsAppendedIsReadAgainToTheNanosecond() throws Exception {
        Attempt attempt = attempt(new Slot(1, "together", 1), 1, Optional.empty());

        Path folder = written(attempt);

        Campaign campaign = Campaign.read(folder);
        assertThat(campaign.header()).isEqualTo(header());
        assertThat(campaign.attempts()).containsExactly(attempt);
        assertThat(campaign.warnings()).isEmpty();
    }

    @Test
    void missingIsWhatNoAttemptFillsAndMayStillBeTried() throws Exception {
        Slot filled = new Slot(1, "together", 1);
        Slot voidOnce = new Slot(1, "alone", 1);
        Slot voidTooOften = new Slot(1, "alone", 2);
        Optional<String> reason = Optional.of("vm2 was late");
        Path folder = written(
                attempt(filled, 1, Optional.empty()),
                attempt(voidOnce, 1, reason),
                attempt(voidTooOften, 1, reason),
                attempt(voidTooOften, 2, reason),
                attempt(voidTooOften, 3, reason));

        try (CampaignJournal journal = CampaignFolder.open(folder).resume()) {
            Campaign campaign = journal.campaign();
            assertThat(campaign.missing())
                    .containsExactly(
                            voidOnce, new Slot(2, "together", 1), new Slot(2, "alone", 1), new Slot(2, "alone", 2));
            assertThat(campaign.unfilled()).contains(voidTooOften);
            assertThat(campaign.voids()).hasSize(4);

            journal.append(attempt(voidOnce, 2, Optional.empty()));

            assertThat(journal.campaign().missing()).doesNotContain(voidOnce);
        }
        assertThat(Campaign.read(folder).counted()).hasSize(2);
    }

    @Test
    void anyCutLosesAtMostTheLastAttempt() throws Exception {
        Path folder = written(
                attempt(new Slot(1, "together", 1), 1, Optional.empty()),
                attempt(new Slot(1, "alone", 1), 1, Optional.empty()));
        Path file = folder.resolve("journal.jsonl");
        byte[] whole = Files.readAllBytes(file);
        int lastLine = new String(whole, 0, whole.length - 1, StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1;

        for (int cut = lastLine; cut <= whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            // A line that lacks its end only is whole.
            assertThat(Campaign.read(folder).attempts()).hasSize(cut >= whole.length - 1 ? 2 : 1);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        assertThat(Campaign.read(folder).warnings()).singleElement().asString().contains("is cut off");
        try (CampaignJournal journal = CampaignFolder.open(folder).resume()) {
            journal.append(attempt(new Slot(1, "alone", 1), 1, Optional.empty()));
        }
        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void theProofIsThatOfTheParticipants() {
        Attempt attempt = attempt(new Slot(1, "together", 1), 1, Optional.empty());

        assertThat(attempt.counted()).isEqualTo(1);
        // Two iterations of vm1; those of vm2, which only disturbs, are no results.
        assertThat(attempt.total()).isEqualTo(2);
        assertThat(attempt.worstBoundNs()).hasValue(70_000);
        assertThat(attempt.startSpreadNs()).hasValue(2_000_000);
        assertThat(attempt.controlBytes()).isZero();
        assertThat(attempt.clockBytes()).isEqualTo(2 * 96);
        assertThat(attempt.participations().get(0).meanScore()).hasValue(5.0);
    }

    @Test
    void aNewerSchemaIsRefusedInWords() throws Exception {
        Path folder = written();
        Path file = folder.resolve("campaign.json");
        Files.writeString(file, Files.readString(file).replace("\"schema\" : 1", "\"schema\" : 2"));

        assertThatThrownBy(() -> Campaign.read(folder))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageContaining("expected schema 1 of a campaign")
                .hasMessageContaining("got 2; use the version that wrote the campaign");
    }

    @Test
    void anUnknownRoleIsRefusedWithThoseThatThereAre() throws Exception {
        Path folder = written();
        Path file = folder.resolve("campaign.json");
        Files.writeString(file, Files.readString(file).replace("\"guest\"", "\"visitor\""));

        assertThatThrownBy(() -> Campaign.read(folder))
                .hasMessageContaining("hosts[0].role: expected one of native, guest, management, got \"visitor\"");
    }

    @Test
    void aFolderOfARunIsNone() {
        assertThat(Campaign.isAt(temporary)).isFalse();
        assertThatThrownBy(() -> Campaign.read(temporary)).hasMessageContaining("without campaign.json");
        assertThatThrownBy(() -> CampaignFolder.open(temporary)).isInstanceOf(RunFolder.UnusableException.class);
    }

    @Test
    void coresAreSharedByTheVcpusOfTheBusyHostsOfTheMachine() {
        CampaignHost vm1 = host("vm1", OptionalInt.of(2), OptionalInt.of(1));
        CampaignHost vm2 = host("vm2", OptionalInt.of(2), OptionalInt.of(2));
        CampaignHost unknown = host("vm3", OptionalInt.of(2), OptionalInt.empty());

        assertThat(ExpectedShare.ofCores(vm1, List.of(vm1))).hasValue(new ExpectedShare(1, "2 cores / 1 vCPUs of box"));
        assertThat(ExpectedShare.ofCores(vm1, List.of(vm1, vm2)))
                .hasValue(new ExpectedShare(2.0 / 3, "2 cores / 3 vCPUs of box"));
        assertThat(ExpectedShare.ofCores(vm1, List.of(vm1, unknown))).isEmpty();
    }

    private Path written(Attempt... attempts) throws Exception {
        Path path = temporary.resolve("campaign");
        try (CampaignJournal journal = CampaignFolder.create(path).begin(header())) {
            for (Attempt attempt : attempts) {
                journal.append(attempt);
            }
        }
        return path;
    }

    private static CampaignHost host(String name, OptionalInt cores, OptionalInt vcpus) {
        TreeMap<String, String> found = new TreeMap<>();
        found.put("jdk.version", "17.0.1");
        return new CampaignHost(name, HostRole.GUEST, "ssh " + name, Optional.of("box"), cores, vcpus, found);
    }

    private static CampaignHeader header() {
        Participant vm1 = new Participant(
                "vm1",
                LoadRole.MEASURED,
                "cpu",
                "LuSolveBench.blocked -f 1",
                Optional.of(new ExpectedShare(2.0 / 3, "2 cores / 3 vCPUs of box")));
        Participant vm2 = new Participant("vm2", LoadRole.LOAD, "cpu", "LuSolveBench.blocked -f 1", Optional.empty());
        return new CampaignHeader(
                "0.1.0",
                "mine",
                "2026-11-29T01:00:00Z",
                "name: mine\n",
                -4711,
                2,
                2,
                "remote 127.0.0.1:12123/udp",
                List.of(
                        host("vm1", OptionalInt.of(2), OptionalInt.of(1)),
                        host("vm2", OptionalInt.empty(), OptionalInt.empty())),
                List.of(new Scenario("together", 1, List.of(vm1, vm2)), new Scenario("alone", 2, List.of(vm1))));
    }

    private static Attempt attempt(Slot slot, int number, Optional<String> voidReason) {
        return new Attempt(
                slot,
                number,
                "2026-11-29T01:00:05Z",
                OptionalLong.of(GO_NS),
                List.of(
                        participation("vm1", LoadRole.MEASURED, GO_NS),
                        participation("vm2", LoadRole.LOAD, GO_NS + 2_000_000)),
                voidReason);
    }

    private static Participation participation(String host, LoadRole role, long startNs) {
        TreeMap<String, String> params = new TreeMap<>();
        params.put("order", "100");
        return new Participation(
                host,
                role,
                "cpu",
                Optional.of(new Configuration("dev.tare.cpu.LuSolveBench.blocked", "thrpt", 1, params)),
                Optional.of(new BoundedInstant(startNs, 50_000)),
                Optional.of(new BoundedInstant(startNs + 1, 50_000)),
                Optional.of(new BoundedInstant(startNs + 3_000_000_001L, 70_000)),
                "ops/s",
                List.of(iteration(startNs, 5.0, true), iteration(startNs + 1_000_000_000L, 7.0, false)),
                OptionalInt.of(4),
                0,
                96,
                Optional.empty());
    }

    private static TimedIteration iteration(long beginNs, double score, boolean counted) {
        return new TimedIteration(
                new BoundedInstant(beginNs, 50_000),
                new BoundedInstant(beginNs + 1_000_000_000L, 60_000),
                score,
                counted);
    }
}
