package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a campaign was asked for and with whom it began: {@code campaign.json}, from which it can be resumed.
 *
 * @param version Tare's version
 * @param name of the plan, such as {@code study}
 * @param started when it began (ISO 8601, UTC)
 * @param plan the plan as it was written
 * @param seed of the order of scenarios within the rounds
 * @param rounds how many
 * @param repeats how often a void slot is tried again
 * @param timescale whose time all instants are, as the clock calls itself
 * @param hosts all that take part
 * @param scenarios what each round holds, in the order of the plan
 */
public record CampaignHeader(
        String version,
        String name,
        String started,
        String plan,
        long seed,
        int rounds,
        int repeats,
        String timescale,
        List<CampaignHost> hosts,
        List<Scenario> scenarios) {
    /** The schema of a campaign's files. */
    static final int SCHEMA = 1;

    /** Keeps copies. */
    public CampaignHeader {
        hosts = List.copyOf(hosts);
        scenarios = List.copyOf(scenarios);
    }

    /** A host by its name; empty when there is none. */
    public Optional<CampaignHost> host(String host) {
        return hosts.stream().filter(one -> one.name().equals(host)).findFirst();
    }

    /** A scenario by its name; empty when there is none. */
    public Optional<Scenario> scenario(String scenario) {
        return scenarios.stream().filter(one -> one.name().equals(scenario)).findFirst();
    }

    /** All slots, round by round, each round in the order of the plan. */
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Scenario scenario : scenarios) {
                for (int occurrence = 1; occurrence <= scenario.occurrences(); occurrence++) {
                    slots.add(new Slot(round, scenario.name(), occurrence));
                }
            }
        }
        return slots;
    }

    /** Reads what {@link #json} wrote. */
    static CampaignHeader read(JsonCursor file) throws UnreadableRunException {
        int schema = file.get("schema").count();
        if (schema != SCHEMA) {
            throw new UnreadableRunException(file.where() + ": expected schema " + SCHEMA + " of a campaign, which this"
                    + " version of Tare reads and writes, got " + schema
                    + "; use the version that wrote the campaign, or a later one");
        }
        List<CampaignHost> hosts = new ArrayList<>();
        for (JsonCursor host : file.get("hosts").elements()) {
            hosts.add(CampaignHost.read(host));
        }
        List<Scenario> scenarios = new ArrayList<>();
        for (JsonCursor scenario : file.get("scenarios").elements()) {
            scenarios.add(Scenario.read(scenario));
        }
        return new CampaignHeader(
                file.get("tare").text(),
                file.get("name").text(),
                file.get("started").text(),
                file.get("plan").text(),
                file.get("seed").whole(),
                CampaignJson.countFromOne(file.get("rounds")),
                file.get("repeats").count(),
                file.get("timescale").text(),
                hosts,
                scenarios);
    }

    ObjectNode json() {
        ObjectNode file = JsonNodeFactory.instance
                .objectNode()
                .put("schema", SCHEMA)
                .put("tare", version)
                .put("name", name)
                .put("started", started)
                .put("plan", plan)
                .put("seed", seed)
                .put("rounds", rounds)
                .put("repeats", repeats)
                .put("timescale", timescale);
        ArrayNode hostArray = file.putArray("hosts");
        hosts.forEach(host -> hostArray.add(host.json()));
        ArrayNode scenarioArray = file.putArray("scenarios");
        scenarios.forEach(scenario -> scenarioArray.add(scenario.json()));
        return file;
    }
}
