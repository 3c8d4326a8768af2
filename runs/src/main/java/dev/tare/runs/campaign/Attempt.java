package dev.tare.runs.campaign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One go at a slot: a line of {@code journal.jsonl}.
 *
 * @param slot which one
 * @param number from 1; more when those before were void
 * @param started when its preparation began, on the management host's clock (ISO 8601, UTC)
 * @param goNs the agreed start, on the campaign's timescale; empty when not all became ready
 * @param participations what each host did
 * @param voidReason why it does not count, in a sentence; empty when it does
 */
public record Attempt(
        Slot slot,
        int number,
        String started,
        OptionalLong goNs,
        List<Participation> participations,
        Optional<String> voidReason) {
    /** Keeps a copy. */
    public Attempt {
        participations = List.copyOf(participations);
    }

    /** Whether it is void: it fills no slot, and none of its scores is a result. */
    public boolean isVoid() {
        return voidReason.isPresent();
    }

    /** How many iterations of those that were measured count. */
    public int counted() {
        return measured().mapToInt(Participation::counted).sum();
    }

    /** How many iterations were measured. */
    public int total() {
        return measured().mapToInt(one -> one.iterations().size()).sum();
    }

    private Stream<Participation> measured() {
        return participations.stream().filter(one -> one.role() == LoadRole.MEASURED);
    }

    /** The largest bound of any instant; empty when there is no instant. */
    public OptionalLong worstBoundNs() {
        return participations.stream()
                .flatMap(Attempt::instants)
                .mapToLong(BoundedInstant::boundNs)
                .max();
    }

    private static Stream<BoundedInstant> instants(Participation one) {
        return Stream.concat(
                Stream.of(one.start(), one.loadBegin(), one.loadEnd()).flatMap(Optional::stream),
                one.iterations().stream().flatMap(iteration -> Stream.of(iteration.begin(), iteration.end())));
    }

    /** From the first actual start to the last, bounds left out; empty when fewer than two started. */
    public OptionalLong startSpreadNs() {
        LongSummaryStatistics starts = participations.stream()
                .flatMap(one -> one.start().stream())
                .mapToLong(BoundedInstant::ns)
                .summaryStatistics();
        return starts.getCount() < 2 ? OptionalLong.empty() : OptionalLong.of(starts.getMax() - starts.getMin());
    }

    /** Bytes over all control channels within the window. */
    public long controlBytes() {
        return participations.stream().mapToLong(Participation::controlBytes).sum();
    }

    /** Bytes to and from the clock server within the window. */
    public long clockBytes() {
        return participations.stream().mapToLong(Participation::clockBytes).sum();
    }

    /** Reads what {@link #json} wrote; its {@code proof} is computed anew. */
    static Attempt read(JsonCursor line) throws UnreadableRunException {
        List<Participation> participations = new ArrayList<>();
        for (JsonCursor participation : line.get("participants").elements()) {
            participations.add(Participation.read(participation));
        }
        Optional<JsonCursor> go = line.find("goNs");
        return new Attempt(
                new Slot(
                        CampaignJson.countFromOne(line.get("round")),
                        line.get("scenario").text(),
                        CampaignJson.countFromOne(line.get("occurrence"))),
                CampaignJson.countFromOne(line.get("attempt")),
                line.get("started").text(),
                go.isPresent() ? OptionalLong.of(go.get().whole()) : OptionalLong.empty(),
                participations,
                CampaignJson.text(line, "void"));
    }

    ObjectNode json() {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "attempt")
                .put("round", slot.round())
                .put("scenario", slot.scenario())
                .put("occurrence", slot.occurrence())
                .put("attempt", number)
                .put("started", started);
        goNs.ifPresent(instant -> line.put("goNs", instant));
        voidReason.ifPresent(reason -> line.put("void", reason));
        ObjectNode proof = line.putObject("proof").put("counted", counted()).put("total", total());
        worstBoundNs().ifPresent(bound -> proof.put("worstBoundNs", bound));
        startSpreadNs().ifPresent(spread -> proof.put("startSpreadNs", spread));
        proof.put("controlBytes", controlBytes()).put("clockBytes", clockBytes());
        ArrayNode array = line.putArray("participants");
        participations.forEach(participation -> array.add(participation.json()));
        return line;
    }
}
