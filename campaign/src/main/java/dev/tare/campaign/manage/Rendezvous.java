package dev.tare.campaign.manage;

import dev.tare.campaign.manage.HostConnection.Heard;
import dev.tare.campaign.manage.Switchboard.Answer;
import dev.tare.campaign.wire.WireMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Brings hosts to measure at the same time: READY from each, GO at an instant that all have heard of before, and STOP when all
 * have ended. Between GO and the end of the first host nothing is said.
 */
final class Rendezvous {
    private static final long SHORTEST_NOTICE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int ROUND_TRIPS = 5;
    private static final Duration RESULT_LIMIT = Duration.ofSeconds(60);

    private final Switchboard hosts;
    private final Consumer<String> said;
    private final LongSupplier timescale;
    private final int number;
    private final Set<String> concerned = new LinkedHashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final Map<String, String> logs = new LinkedHashMap<>();
    private long worstBoundNs;

    /**
     * What came of it.
     *
     * @param goNs the agreed start; empty when not all became ready
     * @param results what hosts measured
     * @param failures of the others, why they did not
     * @param logs what JMH and forks said
     */
    record Outcome(
            OptionalLong goNs,
            Map<String, WireMessage> results,
            Map<String, String> failures,
            Map<String, String> logs) {
        static Outcome failed(Map<String, String> failures) {
            return new Outcome(OptionalLong.empty(), Map.of(), failures, Map.of());
        }
    }

    /**
     * A rendezvous.
     *
     * @param number tells its messages from those of others
     * @param said takes what hosts say, for people
     */
    Rendezvous(Switchboard hosts, LongSupplier timescale, int number, Consumer<String> said) {
        this.said = said;
        this.hosts = hosts;
        this.timescale = timescale;
        this.number = number;
    }

    /**
     * Holds it.
     *
     * @param preparations what each host is to prepare
     * @param concerned all hosts that take part, also those that are only idle: none may go away
     * @param readyLimit how long that may take
     * @param runLimit how long it may measure after GO
     */
    Outcome hold(Map<String, WireMessage> preparations, Set<String> concerned, Duration readyLimit, Duration runLimit) {
        Set<String> all = preparations.keySet();
        this.concerned.addAll(concerned);
        waiting.addAll(all);
        preparations.forEach((host, preparation) ->
                hosts.send(host, preparation.with("attempt", number)).ifPresent(reason -> failures.put(host, reason)));
        await("ready", readyLimit, "not ready");
        OptionalLong go = OptionalLong.empty();
        if (failures.isEmpty()) {
            long noticeNs = Math.max(SHORTEST_NOTICE_NS, ROUND_TRIPS * hosts.worstRoundTripNs() + worstBoundNs);
            long atNs = timescale.getAsLong() + noticeNs;
            go = OptionalLong.of(atNs);
            waiting.addAll(all);
            all.forEach(host -> hosts.send(
                            host, WireMessage.of("go").with("attempt", number).with("atNs", atNs))
                    .ifPresent(reason -> failures.put(host, reason)));
            said.accept("go in " + TimeUnit.NANOSECONDS.toMillis(noticeNs) + " ms");
            await("ended", runLimit.plusNanos(noticeNs), "not at its end");
        }
        Map<String, WireMessage> results = results(all);
        return new Outcome(go, results, failures, logs);
    }

    /** Until all hosts that are waited for have said a word, or the first of them fails. */
    private void await(String word, Duration limit, String otherwise) {
        long limitNs = System.nanoTime() + limit.toNanos();
        while (!waiting.isEmpty() && failures.isEmpty()) {
            Optional<Heard> heard = hosts.hear(Duration.ofNanos(Math.max(0, limitNs - System.nanoTime())));
            if (heard.isEmpty()) {
                waiting.forEach(host -> failures.put(host, otherwise + " within " + limit.toSeconds() + " s"));
            } else {
                take(heard.get(), word);
            }
        }
        waiting.clear();
    }

    private void take(Heard heard, String word) {
        String host = heard.from().host();
        if (heard.message().isEmpty()) {
            if (concerned.contains(host)) {
                failures.put(host, heard.reason() + heard.from().lastWords());
            }
            return;
        }
        WireMessage message = heard.message().get();
        if (message.is("refused")) {
            failures.put(host, message.body().path("message").asText());
        } else if (message.body().path("attempt").asInt(-1) == number) {
            if (message.is("ready")) {
                worstBoundNs =
                        Math.max(worstBoundNs, message.body().path("boundNs").asLong());
            } else if (message.is("ended") && word.equals("ready")) {
                // Why, the result says.
                failures.put(host, "its fork ended before it was ready");
            }
            if (message.is(word)) {
                said.accept(host + " " + word);
                waiting.remove(host);
            }
        }
    }

    /** STOP: each hands over what it measured, and ends what still measures. */
    private Map<String, WireMessage> results(Set<String> all) {
        Map<String, WireMessage> stops = new LinkedHashMap<>();
        for (String host : all) {
            if (hosts.isOpen(host)) {
                stops.put(host, WireMessage.of("stop").with("attempt", number));
            }
        }
        Map<String, WireMessage> results = new LinkedHashMap<>();
        Map<String, String> better = new LinkedHashMap<>();
        for (Map.Entry<String, Answer> answer : stopped(stops).entrySet()) {
            Optional<WireMessage> message = answer.getValue().message();
            message.ifPresent(
                    said -> logs.put(answer.getKey(), said.body().path("log").asText()));
            if (message.isPresent() && message.get().is("result")) {
                results.put(answer.getKey(), message.get());
            } else {
                String reason = message.isPresent()
                        ? message.get().body().path("message").asText()
                        : answer.getValue().failure();
                better.put(answer.getKey(), reason);
            }
        }
        boolean whole = failures.isEmpty();
        better.forEach((host, reason) -> {
            // Those that were stopped because of another are no cause.
            if (whole || failures.containsKey(host)) {
                failures.put(host, reason);
            }
        });
        return results;
    }

    /** Late words of the same attempt may come before the answer. */
    private Map<String, Answer> stopped(Map<String, WireMessage> stops) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        stops.forEach(
                (host, stop) -> hosts.send(host, stop).ifPresent(reason -> answers.put(host, Answer.failed(reason))));
        long limitNs = System.nanoTime() + RESULT_LIMIT.toNanos();
        while (answers.size() < stops.size()) {
            Optional<Heard> heard = hosts.hear(Duration.ofNanos(Math.max(0, limitNs - System.nanoTime())));
            if (heard.isEmpty()) {
                stops.keySet().forEach(host -> answers.putIfAbsent(host, Answer.failed("no result within 60 s")));
            } else {
                String host = heard.get().from().host();
                Optional<WireMessage> message = heard.get().message();
                if (message.isEmpty()) {
                    answers.put(host, Answer.failed(heard.get().reason()));
                } else if (stops.containsKey(host)
                        // Those of an attempt that was given up before are nobody's.
                        && message.get().body().path("attempt").asInt(-1) == number
                        && (message.get().is("result") || message.get().is("failed"))) {
                    answers.put(host, new Answer(message, ""));
                }
            }
        }
        return answers;
    }
}
