package dev.tare.campaign.manage;

import dev.tare.campaign.agent.HostWork.PlannedLine;
import dev.tare.campaign.hosts.HostEntry;
import dev.tare.campaign.hosts.HostList;
import dev.tare.campaign.plan.CampaignPlan;
import dev.tare.campaign.plan.CoreShares;
import dev.tare.campaign.plan.PlanFile;
import dev.tare.campaign.plan.PlannedScenario;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.campaign.yaml.PlaceException;
import dev.tare.runs.Configuration;
import dev.tare.runs.FolderLock;
import dev.tare.runs.RunHeader;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.CampaignFolder;
import dev.tare.runs.campaign.CampaignHeader;
import dev.tare.runs.campaign.CampaignHost;
import dev.tare.runs.campaign.CampaignJournal;
import dev.tare.runs.campaign.HostRole;
import dev.tare.runs.campaign.Participant;
import dev.tare.runs.campaign.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A campaign from its channels to its last line. */
public final class CampaignSession {
    private static final double MAX_STEAL_PERCENT = 1;
    private static final double MAX_FOREIGN_PERCENT = 5;

    private final CampaignRequest request;

    /** A session that is made with this. */
    public CampaignSession(CampaignRequest request) {
        this.request = request;
    }

    /**
     * Makes a new campaign.
     *
     * @param folder new or empty
     * @return whether every slot is filled
     * @throws UnavailableHostsException when a host cannot take part
     */
    @SuppressWarnings("try") // The lock and the watch are held, not used.
    public boolean start(CampaignPlan plan, HostList listed, Path folder) throws IOException {
        try (ManagementServices services = ManagementServices.start(
                        listed.management(), new TreeMap<>(), request.work(), request.temporary());
                CampaignHosts hosts = new CampaignHosts(request, plan, listed.hosts(), services, Map.of());
                EndOfCampaign end = EndOfCampaign.watch(hosts)) {
            hosts.reach(plan);
            hosts.remarks().forEach(remark -> request.out().println("note: " + remark));
            CampaignFolder campaign = CampaignFolder.create(folder);
            CampaignHeader header = header(plan, hosts, services);
            try (FolderLock lock = campaign.lock();
                    CampaignJournal journal = campaign.begin(header);
                    HostFolders folders = new HostFolders()) {
                for (String host : measuring(plan)) {
                    folders.begin(
                            campaign,
                            host,
                            runHeader(plan, header, hosts, host),
                            hosts.description(host).environmentJson());
                }
                request.out().println("results: " + folder.toAbsolutePath());
                return new CampaignRun(request, plan, services, hosts, folders, journal, end::requested).measure();
            }
        }
    }

    /**
     * Goes on with a campaign: measures exactly the slots that are missing.
     *
     * @return whether every slot is filled
     * @throws UnavailableHostsException when a host cannot take part, or is not what it was
     */
    @SuppressWarnings("try") // The lock and the watch are held, not used.
    public boolean resume(Path folder) throws IOException, UnreadableRunException, PlaceException {
        CampaignFolder campaign = CampaignFolder.open(folder);
        try (FolderLock lock = campaign.lock();
                CampaignJournal journal = campaign.resume()) {
            CampaignHeader header = journal.campaign().header();
            Map<String, SortedMap<String, String>> kept = new LinkedHashMap<>();
            header.hosts().forEach(host -> kept.put(host.name(), host.found()));
            List<HostEntry> listed = header.hosts().stream()
                    .filter(host -> host.role() != HostRole.MANAGEMENT)
                    .map(HostEntry::of)
                    .toList();
            CampaignPlan plan = plan(header, listed);
            SortedMap<String, String> management = kept.getOrDefault("management", new TreeMap<>());
            try (ManagementServices services = ManagementServices.start(
                            ManagementServices.addresses(management), management, request.work(), request.temporary());
                    CampaignHosts hosts = new CampaignHosts(request, plan, listed, services, kept);
                    EndOfCampaign end = EndOfCampaign.watch(hosts);
                    HostFolders folders = new HostFolders()) {
                hosts.reach(plan);
                List<String> differences = new ArrayList<>();
                for (String host : measuring(plan)) {
                    differences.addAll(folders.resume(campaign, host, runHeader(plan, header, hosts, host)));
                }
                if (!differences.isEmpty()) {
                    throw new UnavailableHostsException("cannot resume " + folder
                            + ": its forks would not be comparable. " + String.join(". ", differences)
                            + ". Resume it where and how it began, or start a new campaign");
                }
                Campaign now = journal.campaign();
                request.out()
                        .println("resuming " + folder + ": slots filled already: "
                                + (header.slots().size() - now.unfilled().size()) + " of "
                                + header.slots().size());
                return new CampaignRun(request, plan, services, hosts, folders, journal, end::requested).measure();
            }
        }
    }

    /** The plan as it was measured, with its hooks, which the header's scenarios do not have. */
    private static CampaignPlan plan(CampaignHeader header, List<HostEntry> listed) throws PlaceException {
        CampaignPlan plan = PlanFile.parse("the plan of " + header.name(), header.plan(), listed)
                .with(header.rounds(), header.seed());
        List<PlannedScenario> scenarios = new ArrayList<>();
        for (Scenario scenario : header.scenarios()) {
            scenarios.add(plan.scenario(scenario.name())
                    .orElseThrow(() -> new PlaceException("campaign.json: expected its plan to have the scenario "
                            + scenario.name() + ", which the campaign measures, got none")));
        }
        return plan.keeping(scenarios);
    }

    private CampaignHeader header(CampaignPlan plan, CampaignHosts hosts, ManagementServices services)
            throws IOException {
        List<CampaignHost> described = hosts.described();
        Map<String, CampaignHost> byName = new LinkedHashMap<>();
        described.forEach(host -> byName.put(host.name(), host));
        List<Scenario> scenarios = new ArrayList<>();
        for (PlannedScenario scenario : plan.scenarios()) {
            CoreShares shares = new CoreShares(byName, hosts.lines(scenario));
            scenarios.add(new Scenario(
                    scenario.name(),
                    scenario.occurrences(),
                    scenario.parts().stream()
                            .map(part -> new Participant(
                                    part.host(),
                                    part.role(),
                                    part.workload(),
                                    part.line(),
                                    part.isActive() ? shares.of(part) : Optional.empty()))
                            .toList()));
        }
        return new CampaignHeader(
                request.work().describe().version(),
                plan.name(),
                Instant.now().toString(),
                plan.text(),
                plan.seed(),
                plan.rounds(),
                plan.repeats(),
                "clock server " + services.clockAddress() + " of the management host",
                described,
                scenarios);
    }

    private static Set<String> measuring(CampaignPlan plan) {
        Set<String> hosts = new LinkedHashSet<>();
        plan.scenarios().forEach(scenario -> scenario.active().forEach(part -> hosts.add(part.host())));
        return hosts;
    }

    /** What the run folder of a host says of itself. */
    private static RunHeader runHeader(CampaignPlan plan, CampaignHeader header, CampaignHosts hosts, String host) {
        Map<Configuration, Integer> planned = new LinkedHashMap<>();
        Set<String> steps = new LinkedHashSet<>();
        for (PlannedScenario scenario : plan.scenarios()) {
            for (Part part : scenario.active()) {
                if (part.host().equals(host)) {
                    PlannedLine line = hosts.line(part);
                    planned.merge(line.configuration(), plan.rounds() * scenario.occurrences(), Integer::sum);
                    steps.add(part.line());
                }
            }
        }
        return new RunHeader(
                header.version(),
                header.started(),
                plan.name(),
                String.join("\n", steps) + "\n",
                "",
                List.of(),
                planned,
                Map.of("campaign", plan.name(), "host", host),
                hosts.description(host).jvmFlags(),
                MAX_STEAL_PERCENT,
                MAX_FOREIGN_PERCENT,
                0,
                hosts.description(host).fingerprint());
    }
}
