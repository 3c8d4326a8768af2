package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.util.ArrayList;
import java.util.List;

/**
 * What some hosts do at the same time, once or more often in each round.
 *
 * @param name what the plan calls it
 * @param occurrences how often in each round: 2 for a baseline that is held against itself (A/A), else 1
 * @param participants the hosts that take part
 */
public record Scenario(String name, int occurrences, List<Participant> participants) {
    /** Keeps a copy. */
    public Scenario {
        participants = List.copyOf(participants);
    }

    /** Reads what {@link #json} wrote. */
    static Scenario read(JsonCursor scenario) throws UnreadableRunException {
        List<Participant> participants = new ArrayList<>();
        for (JsonCursor participant : scenario.get("participants").elements()) {
            participants.add(Participant.read(participant));
        }
        return new Scenario(
                scenario.get("name").text(), CampaignJson.countFromOne(scenario.get("occurrences")), participants);
    }

    ObjectNode json() {
        ObjectNode scenario =
                JsonNodeFactory.instance.objectNode().put("name", name).put("occurrences", occurrences);
        ArrayNode array = scenario.putArray("participants");
        participants.forEach(participant -> array.add(participant.json()));
        return scenario;
    }
}
