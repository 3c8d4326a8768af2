package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host of a campaign.
 *
 * @param name what it is called, and its folder under {@code hosts}
 * @param role what it stands for
 * @param channel the command that reaches it, as it was given; empty for a JVM on the management host
 * @param machine the physical machine that it lives on; empty when nobody said
 * @param machineCores that machine's cores, not its hardware threads
 * @param vcpus its virtual processors; of a native host those that it may use
 * @param found what was found there, such as {@code jdk.version} or {@code system.cpu}
 */
public record CampaignHost(
        String name,
        HostRole role,
        String channel,
        Optional<String> machine,
        OptionalInt machineCores,
        OptionalInt vcpus,
        SortedMap<String, String> found) {
    /** Keeps a copy of what was found. */
    public CampaignHost {
        found = Collections.unmodifiableSortedMap(new TreeMap<>(found));
    }

    /** Reads what {@link #json} wrote. */
    static CampaignHost read(JsonCursor host) throws UnreadableRunException {
        SortedMap<String, String> found = new TreeMap<>();
        for (Map.Entry<String, JsonCursor> fact : host.get("found").fields().entrySet()) {
            found.put(fact.getKey(), fact.getValue().scalar());
        }
        return new CampaignHost(
                host.get("name").text(),
                CampaignJson.constant(host.get("role"), HostRole.class),
                host.get("channel").text(),
                CampaignJson.text(host, "machine"),
                CampaignJson.count(host, "machineCores"),
                CampaignJson.count(host, "vcpus"),
                found);
    }

    ObjectNode json() {
        ObjectNode host = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("role", CampaignJson.word(role))
                .put("channel", channel);
        machine.ifPresent(text -> host.put("machine", text));
        machineCores.ifPresent(cores -> host.put("machineCores", cores));
        vcpus.ifPresent(count -> host.put("vcpus", count));
        found.forEach(host.putObject("found")::put);
        return host;
    }
}
