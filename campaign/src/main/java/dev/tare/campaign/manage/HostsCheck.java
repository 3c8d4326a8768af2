package dev.tare.campaign.manage;

import dev.tare.campaign.hosts.HostEntry;
import dev.tare.campaign.hosts.HostList;
import dev.tare.campaign.manage.Switchboard.Answer;
import dev.tare.campaign.wire.WireMessage;
import dev.tare.harness.CommandWords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tries every host of a list: whether it can be reached and can take part, how good its clock is, and whom it sees. */
public final class HostsCheck {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int SILENCE_S = 300;
    private static final double NS_PER_MS = 1e6;

    private final CampaignRequest request;

    /** A check that is made with this. */
    public HostsCheck(CampaignRequest request) {
        this.request = request;
    }

    /**
     * Tries all and prints what came of it.
     *
     * @return whether all can take part
     */
    public boolean passes(HostList list) throws IOException {
        ChannelCommand command = new ChannelCommand(request.jar());
        // One name for all: agents of one campaign share a host, those of two do not.
        String campaign = "check of process " + ProcessHandle.current().pid() + ", begun " + Instant.now();
        boolean all = true;
        try (ManagementServices services = ManagementServices.start(
                        list.management(), new TreeMap<>(), request.work(), request.temporary());
                Switchboard hosts = new Switchboard(
                        list.hosts(),
                        command,
                        hello -> hello.with("protocol", WireMessage.PROTOCOL)
                                .with("campaign", campaign)
                                .with("clock", services.clockAddress())
                                .with("token", services.token())
                                .with("silenceS", SILENCE_S),
                        services::nowNs)) {
            if (request.deploy()) {
                Deployment deployment = new Deployment(command, request.jar(), request.out());
                for (HostEntry host : list.hosts()) {
                    deployment.bring(host);
                }
            }
            Map<String, Answer> greetings =
                    hosts.connect(list.hosts().stream().map(HostEntry::name).toList());
            for (HostEntry host : list.hosts()) {
                Answer greeting = greetings.getOrDefault(host.name(), Answer.failed("no answer"));
                request.out()
                        .println(host.name() + " (" + (host.isHere() ? "here" : CommandWords.join(host.channel()))
                                + ")");
                all &= describe(hosts, host.name(), greeting);
            }
            visibility(hosts, list);
        }
        return all;
    }

    private boolean describe(Switchboard hosts, String host, Answer greeting) {
        if (greeting.message().isEmpty()) {
            line("NO", greeting.failure());
            return false;
        }
        WireMessage hello = greeting.message().get();
        line("machine", hello.body().path("machine").asText());
        line("java", hello.body().path("jvm").asText());
        boolean same = hello.body()
                .path("program")
                .asText()
                .equals(request.work().describe().fingerprint().program());
        line(
                "jar",
                same
                        ? "this one"
                        : "NO, another one (version "
                                + hello.body().path("version").asText() + "); copy it there, or let --deploy do it");
        hosts.roundTrip(host)
                .ifPresent(ns -> line("channel", String.format(Locale.ROOT, "round trip %.2f ms", ns / NS_PER_MS)));
        Answer clock =
                hosts.ask(Map.of(host, WireMessage.of("clock")), LIMIT).getOrDefault(host, Answer.failed("no answer"));
        line(
                "clock",
                clock.message()
                        .map(message -> String.format(
                                Locale.ROOT,
                                "bound %.3f ms, round trip %.3f ms",
                                message.body().path("boundNs").asLong() / NS_PER_MS,
                                message.body().path("roundTripNs").asLong() / NS_PER_MS))
                        .orElse("NO, " + clock.failure()));
        return same && clock.message().isPresent();
    }

    /** Each host serves as a partner once, and the next one in the list connects to it. */
    private void visibility(Switchboard hosts, HostList list) {
        List<HostEntry> entries = list.hosts();
        for (int i = 0; i < entries.size() && entries.size() > 1; i++) {
            HostEntry server = entries.get(i);
            HostEntry client = entries.get((i + 1) % entries.size());
            Optional<String> address = server.loadAddress();
            if (address.isPresent() && hosts.isOpen(server.name()) && hosts.isOpen(client.name())) {
                request.out()
                        .println(client.name() + " sees " + server.name() + " at " + address.get() + ": "
                                + sees(hosts, client.name(), server.name(), address.get()));
            }
        }
    }

    private static String sees(Switchboard hosts, String client, String server, String address) {
        WireMessage serve = WireMessage.of("peer").with("bind", address).with("port", 0);
        Answer served = hosts.ask(Map.of(server, serve), LIMIT).getOrDefault(server, Answer.failed("no answer"));
        if (served.message().isEmpty()) {
            return "NO, " + served.failure();
        }
        WireMessage connect = WireMessage.of("connect")
                .with("host", address)
                .with("port", served.message().get().body().path("port").asInt());
        Answer seen = hosts.ask(Map.of(client, connect), LIMIT).getOrDefault(client, Answer.failed("no answer"));
        return seen.message().isPresent() ? "yes" : "NO, " + seen.failure();
    }

    private void line(String what, String text) {
        request.out().println(String.format(Locale.ROOT, "  %-8s %s", what, text));
    }
}
