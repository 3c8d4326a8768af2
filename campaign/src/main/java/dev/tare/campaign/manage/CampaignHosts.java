package dev.tare.campaign.manage;

import dev.tare.campaign.agent.HostWork.Description;
import dev.tare.campaign.agent.HostWork.PlannedLine;
import dev.tare.campaign.hosts.HostEntry;
import dev.tare.campaign.manage.Switchboard.Answer;
import dev.tare.campaign.plan.CampaignPlan;
import dev.tare.campaign.plan.Partners;
import dev.tare.campaign.plan.PlannedScenario;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.campaign.wire.WireMessage;
import dev.tare.harness.CommandWords;
import dev.tare.harness.HostPort;
import dev.tare.harness.Reasons;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.CampaignHost;
import dev.tare.runs.campaign.HostRole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The hosts that take part, with an agent on each, the partners that they serve, and what their lines measure there. */
final class CampaignHosts implements AutoCloseable {
    private static final Duration PLAN_LIMIT = Duration.ofSeconds(60);
    private static final int LONGEST_MEASURING_S = 10_000;
    /** No drift of an undisciplined clock, but a wrong rate. */
    private static final double WORTH_A_WORD = 0.01;

    /** A clock that stands would need iterations without end. */
    private static final double SLOWEST = 0.1;

    private static final String PEER_PORT = "peer.port";
    private static final String USABLE = "cpu.usable";

    private final CampaignRequest request;
    private final ManagementServices services;
    private final Map<String, HostEntry> entries = new LinkedHashMap<>();
    private final Map<String, SortedMap<String, String>> kept = new LinkedHashMap<>();
    private final Map<String, Description> descriptions = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();
    /** Seconds of a host's own clock in one of the clock server's. */
    private final Map<String, Double> rates = new LinkedHashMap<>();

    private final Map<String, Map<String, PlannedLine>> lines = new LinkedHashMap<>();
    private final Set<String> serving = new LinkedHashSet<>();
    private final Switchboard switchboard;

    /**
     * Hosts that are not reached yet.
     *
     * @param kept facts of hosts from the begin of a campaign that is resumed, for the same ports again; else none
     */
    CampaignHosts(
            CampaignRequest request,
            CampaignPlan plan,
            List<HostEntry> listed,
            ManagementServices services,
            Map<String, SortedMap<String, String>> kept) {
        this.request = request;
        this.services = services;
        this.kept.putAll(kept);
        Set<String> named = new LinkedHashSet<>();
        for (PlannedScenario scenario : plan.scenarios()) {
            for (Part part : scenario.parts()) {
                named.add(part.host());
                serving.addAll(Partners.of(part.line()));
            }
        }
        serving.remove(Partners.MANAGEMENT);
        named.addAll(serving);
        listed.stream().filter(host -> named.contains(host.name())).forEach(host -> entries.put(host.name(), host));
        String campaign = plan.name() + " of process " + ProcessHandle.current().pid() + ", begun " + Instant.now();
        this.switchboard = new Switchboard(
                List.copyOf(entries.values()),
                new ChannelCommand(request.jar()),
                hello -> hello.with("protocol", WireMessage.PROTOCOL)
                        .with("campaign", campaign)
                        .with("clock", services.clockAddress())
                        .with("token", services.token())
                        .with("silenceS", longestSilenceS(plan)),
                services::nowNs);
    }

    /** Lines are not planned yet: as long as getting ready and measuring may take, many times over. */
    private static int longestSilenceS(CampaignPlan plan) {
        return 2 * plan.readyLimitS() + LONGEST_MEASURING_S;
    }

    /**
     * Reaches all, starts their partners and asks what the lines of a plan measure on them.
     *
     * @throws UnavailableHostsException when one of them cannot take part, with all that is wrong
     */
    void reach(CampaignPlan plan) throws IOException {
        if (request.deploy()) {
            Deployment deployment = new Deployment(new ChannelCommand(request.jar()), request.jar(), request.out());
            for (HostEntry host : entries.values()) {
                deployment.bring(host);
            }
        }
        List<String> wrong = new ArrayList<>();
        switchboard
                .connect(List.copyOf(entries.keySet()))
                .forEach((host, answer) -> greeted(host, answer).ifPresent(wrong::add));
        refuse(wrong);
        wrong.addAll(tryClocks());
        refuse(wrong);
        addresses.put(Partners.MANAGEMENT, services.peerAddress());
        for (String host : serving) {
            servePeer(host).ifPresent(wrong::add);
        }
        refuse(wrong);
        for (PlannedScenario scenario : plan.scenarios()) {
            for (Part part : scenario.active()) {
                plan(part).ifPresent(wrong::add);
            }
        }
        refuse(wrong);
    }

    /** Asks all for their clocks: who cannot reach the server is told of, and who is fast needs more iterations. */
    private List<String> tryClocks() {
        List<String> wrong = new ArrayList<>();
        Map<String, WireMessage> asked = new LinkedHashMap<>();
        entries.keySet().forEach(host -> asked.put(host, WireMessage.of("clock")));
        switchboard.ask(asked, PLAN_LIMIT).forEach((host, answer) -> {
            if (answer.message().isEmpty()) {
                wrong.add(host + ": " + answer.failure());
            } else {
                double ppm = answer.message().get().body().path("localRatePpm").asDouble();
                rates.put(host, Math.max(1 + ppm / 1e6, SLOWEST));
            }
        });
        return wrong;
    }

    private static void refuse(List<String> wrong) throws UnavailableHostsException {
        if (!wrong.isEmpty()) {
            throw new UnavailableHostsException(String.join("\n", new LinkedHashSet<>(wrong)));
        }
    }

    private Optional<String> greeted(String host, Answer answer) {
        if (answer.message().isEmpty()) {
            return Optional.of(host + ": expected an agent at the end of its channel, got: " + answer.failure()
                    + "; try campaign check --hosts FILE");
        }
        WireMessage greeting = answer.message().get();
        String here = request.work().describe().fingerprint().program();
        String there = greeting.body().path("program").asText();
        if (!here.equals(there)) {
            return Optional.of(host + ": expected this benchmarks.jar (SHA-256 " + shortened(here) + "), got another ("
                    + shortened(there) + ", version "
                    + greeting.body().path("version").asText()
                    + "); copy it there, or let --deploy do it");
        }
        try {
            descriptions.put(host, Description.read(greeting.fields(host)));
            return Optional.empty();
        } catch (UnreadableRunException e) {
            return Optional.of(Reasons.of(e));
        }
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(12, digest.length()));
    }

    private Optional<String> servePeer(String host) {
        Optional<String> bind = Optional.ofNullable(entries.get(host)).flatMap(HostEntry::loadAddress);
        if (bind.isEmpty()) {
            return Optional.of(host + ": expected its address or load address in the list of hosts, because lines name"
                    + " it as a partner, got none");
        }
        String port = addresses.containsKey(host)
                ? addresses.get(host).substring(addresses.get(host).lastIndexOf(':') + 1)
                : kept.getOrDefault(host, new TreeMap<>()).getOrDefault(PEER_PORT, "0");
        Answer answer = ask(
                host, WireMessage.of("peer").with("bind", bind.get()).with("port", Integer.parseInt(port)), PLAN_LIMIT);
        if (answer.message().isEmpty()) {
            return Optional.of(host + ": " + answer.failure());
        }
        addresses.put(
                host,
                new HostPort(
                                bind.get(),
                                answer.message().get().body().path("port").asInt())
                        .toString());
        return Optional.empty();
    }

    private Optional<String> plan(Part part) {
        Map<String, PlannedLine> known = lines.computeIfAbsent(part.host(), any -> new LinkedHashMap<>());
        if (known.containsKey(part.line())) {
            return Optional.empty();
        }
        Answer answer = ask(part.host(), WireMessage.of("plan").with("line", addressed(part.line())), PLAN_LIMIT);
        if (answer.message().isEmpty()) {
            return Optional.of(part.host() + ", workload " + part.workload() + ": " + answer.failure());
        }
        try {
            known.put(
                    part.line(),
                    PlannedLine.read(answer.message().get().fields(part.host()))
                            .inCommonTime(rates.getOrDefault(part.host(), 1.0)));
            return Optional.empty();
        } catch (UnreadableRunException e) {
            return Optional.of(Reasons.of(e));
        }
    }

    private Answer ask(String host, WireMessage message, Duration limit) {
        return switchboard.ask(Map.of(host, message), limit).getOrDefault(host, Answer.failed("no answer"));
    }

    private String addressed(String line) {
        return Partners.addressed(line, addresses);
    }

    /** What a host's line measures there. */
    PlannedLine line(Part part) {
        PlannedLine line = lines.getOrDefault(part.host(), Map.of()).get(part.line());
        if (line == null) {
            throw new IllegalStateException("lines are planned before they are measured: " + part);
        }
        return line;
    }

    /** What each part of a scenario that runs something measures. */
    Map<String, PlannedLine> lines(PlannedScenario scenario) {
        Map<String, PlannedLine> planned = new LinkedHashMap<>();
        scenario.active().forEach(part -> planned.put(part.host(), line(part)));
        return planned;
    }

    /** What a host is told to prepare. */
    WireMessage preparation(Part part, int iterations) {
        WireMessage message =
                WireMessage.of("prepare").with("line", addressed(part.line())).with("iterations", iterations);
        HostEntry host = entries.get(part.host());
        message.body()
                // A native host's own clock measures well; the remote one tells when its iterations were.
                .put("always", host != null && host.role() == HostRole.GUEST)
                .put("token", !Partners.of(part.line()).isEmpty());
        return message;
    }

    Switchboard switchboard() {
        return switchboard;
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** Hosts as a campaign's header keeps them. */
    List<CampaignHost> described() throws IOException {
        List<CampaignHost> described = new ArrayList<>();
        for (HostEntry host : entries.values()) {
            described.add(described(host));
        }
        described.add(new CampaignHost(
                Partners.MANAGEMENT,
                HostRole.MANAGEMENT,
                "",
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                services.kept()));
        return described;
    }

    private CampaignHost described(HostEntry host) {
        SortedMap<String, String> found = host.kept();
        Description description = descriptions.get(host.name());
        if (description != null) {
            found.putAll(description.found());
        }
        String address = addresses.get(host.name());
        if (address != null) {
            found.put(PEER_PORT, address.substring(address.lastIndexOf(':') + 1));
        }
        OptionalInt usable = found.getOrDefault(USABLE, "").matches("\\d{1,6}")
                ? OptionalInt.of(Integer.parseInt(found.get(USABLE)))
                : OptionalInt.empty();
        return new CampaignHost(
                host.name(),
                host.role(),
                CommandWords.join(host.channel()),
                host.machine(),
                host.machineCores(),
                host.vcpus().isPresent() ? host.vcpus() : usable,
                found);
    }

    /** What a host that was reached said of itself. */
    Description description(String host) {
        Description description = descriptions.get(host);
        if (description == null) {
            throw new IllegalStateException("hosts are reached before they are asked: " + host);
        }
        return description;
    }

    /** Sentences about JDKs that differ, and about clocks that are far from right. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        Set<String> jvms = new TreeSet<>();
        descriptions.values().forEach(host -> jvms.add(host.found().getOrDefault("jdk.version", "unknown")));
        if (jvms.size() > 1) {
            remarks.add("hosts have different JDKs (" + String.join(", ", jvms)
                    + "): their scores differ for that reason, too");
        }
        rates.forEach((host, rate) -> {
            if (Math.abs(rate - 1) > WORTH_A_WORD) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "%s: its own clock runs %.1f %% %s; scores and instants are the clock server's, its iterations"
                                + " as many as the common time needs",
                        host,
                        100 * Math.abs(rate - 1),
                        rate > 1 ? "fast" : "slow"));
            }
        });
        return remarks;
    }

    /**
     * Opens the channels again that have ended.
     *
     * @return what keeps a host away, in a sentence; empty when all are there
     */
    Optional<String> revive() {
        for (String host : entries.keySet()) {
            if (!switchboard.isOpen(host)) {
                Answer answer = switchboard.connect(List.of(host)).getOrDefault(host, Answer.failed("no answer"));
                Optional<String> wrong = greeted(host, answer);
                if (wrong.isEmpty() && serving.contains(host)) {
                    wrong = servePeer(host);
                }
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        switchboard.close();
    }
}
