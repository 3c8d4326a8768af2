package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.Configuration;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What one host did in one attempt. What did not happen (an idle host runs nothing, a dead one never ended) is absent.
 *
 * @param host its name
 * @param role as planned
 * @param workload as planned
 * @param configuration what it ran
 * @param start when it started after GO
 * @param loadBegin since when it was under load
 * @param loadEnd until when
 * @param unit of the iterations' scores, as JMH writes it; empty without iterations
 * @param iterations in their order; of a host that only disturbs those that the others' proof is made of
 * @param fork the round under which the host's own run folder has this fork
 * @param controlBytes bytes over the control channel, both ways, from the first counted begin to the last counted end
 * @param clockBytes bytes to and from the clock server in that time
 * @param failure what went wrong on this host
 */
public record Participation(
        String host,
        LoadRole role,
        String workload,
        Optional<Configuration> configuration,
        Optional<BoundedInstant> start,
        Optional<BoundedInstant> loadBegin,
        Optional<BoundedInstant> loadEnd,
        String unit,
        List<TimedIteration> iterations,
        OptionalInt fork,
        long controlBytes,
        long clockBytes,
        Optional<String> failure) {
    /** Keeps a copy. */
    public Participation {
        iterations = List.copyOf(iterations);
    }

    /** How many of its iterations count. */
    public int counted() {
        return (int) iterations.stream().filter(TimedIteration::counted).count();
    }

    /** Mean score of the iterations that count; empty when none does. */
    public OptionalDouble meanScore() {
        return iterations.stream()
                .filter(TimedIteration::counted)
                .mapToDouble(TimedIteration::score)
                .average();
    }

    /** Reads what {@link #json} wrote. */
    static Participation read(JsonCursor object) throws UnreadableRunException {
        Optional<JsonCursor> configuration = object.find("configuration");
        List<TimedIteration> iterations = new ArrayList<>();
        for (JsonCursor iteration : object.get("iterations").elements()) {
            iterations.add(TimedIteration.read(iteration));
        }
        return new Participation(
                object.get("host").text(),
                CampaignJson.constant(object.get("role"), LoadRole.class),
                object.get("workload").text(),
                configuration.isPresent() ? Optional.of(Configuration.read(configuration.get())) : Optional.empty(),
                BoundedInstant.find(object, "start"),
                BoundedInstant.find(object, "loadBegin"),
                BoundedInstant.find(object, "loadEnd"),
                object.get("unit").text(),
                iterations,
                CampaignJson.count(object, "fork"),
                object.get("controlBytes").whole(),
                object.get("clockBytes").whole(),
                CampaignJson.text(object, "failure"));
    }

    ObjectNode json() {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("host", host)
                .put("role", CampaignJson.word(role))
                .put("workload", workload);
        configuration.ifPresent(ran -> object.set("configuration", ran.json()));
        start.ifPresent(instant -> instant.put(object, "start"));
        loadBegin.ifPresent(instant -> instant.put(object, "loadBegin"));
        loadEnd.ifPresent(instant -> instant.put(object, "loadEnd"));
        object.put("unit", unit);
        ArrayNode array = object.putArray("iterations");
        iterations.forEach(iteration -> array.add(iteration.json()));
        fork.ifPresent(round -> object.put("fork", round));
        object.put("controlBytes", controlBytes).put("clockBytes", clockBytes);
        failure.ifPresent(message -> object.put("failure", message));
        return object;
    }
}
