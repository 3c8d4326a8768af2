package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.util.Optional;

/**
 * What a host is to do in a scenario.
 *
 * @param host its name
 * @param role whether it is measured, disturbs, or idles
 * @param workload what it runs, in a word of the plan's such as {@code cpu}: the same word is the same work wherever it runs,
 *     also where an address among its parameters differs from host to host; empty for an idle host
 * @param line the JMH command line, as the plan has it; empty for an idle host
 * @param expected what it can expect at most; empty where nobody said
 */
public record Participant(String host, LoadRole role, String workload, String line, Optional<ExpectedShare> expected) {
    /** Reads what {@link #json} wrote. */
    static Participant read(JsonCursor participant) throws UnreadableRunException {
        Optional<JsonCursor> expected = participant.find("expected");
        return new Participant(
                participant.get("host").text(),
                CampaignJson.constant(participant.get("role"), LoadRole.class),
                participant.get("workload").text(),
                participant.get("line").text(),
                expected.isPresent() ? Optional.of(ExpectedShare.read(expected.get())) : Optional.empty());
    }

    ObjectNode json() {
        ObjectNode participant = JsonNodeFactory.instance
                .objectNode()
                .put("host", host)
                .put("role", CampaignJson.word(role))
                .put("workload", workload)
                .put("line", line);
        expected.ifPresent(share -> participant.set("expected", share.json()));
        return participant;
    }
}
