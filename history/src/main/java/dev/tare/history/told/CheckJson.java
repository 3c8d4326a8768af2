package dev.tare.history.told;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.check.WatchedSeries;
import java.util.Locale;

/** For programs; docs/history-check.schema.json describes it. */
public final class CheckJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int SCHEMA = 1;

    private CheckJson() {}

    /** The whole check, accepted changes too. */
    public static String of(HistoryCheck check) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", SCHEMA).put("series", check.series()).put("summary", CheckText.summary(check));
        ArrayNode changes = root.putArray("changes");
        check.findings().forEach(finding -> add(changes.addObject(), finding));
        ArrayNode gaps = root.putArray("gaps");
        check.gaps().forEach(gap -> gaps.add(gap));
        ArrayNode begunAnew = root.putArray("begunAnew");
        check.begunAnew().forEach(begun -> begunAnew.add(begun));
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }

    private static void add(ObjectNode to, ChangeFinding finding) {
        WatchedSeries series = finding.series();
        to.put("verdict", finding.verdict()).put("regression", finding.isRegression());
        ObjectNode of = to.putObject("series");
        of.put("name", series.name()).put("host", series.stored().host());
        ObjectNode labels = of.putObject("labels");
        series.stored().labels().forEach(labels::put);
        of.put("benchmark", series.stored().configuration().benchmark())
                .put("mode", series.stored().configuration().mode())
                .put("threads", series.stored().configuration().threads());
        ObjectNode params = of.putObject("params");
        series.stored().configuration().params().forEach(params::put);
        of.put("kind", series.kind().name().toLowerCase(Locale.ROOT))
                .put("metric", series.stored().metric())
                .put("unit", series.unit());
        to.put("since", finding.first().started().toString())
                .put("lastBefore", finding.last().started().toString())
                .put("before", finding.change().before())
                .put("after", finding.change().after())
                .put("ratio", finding.change().ratio())
                .put("p", finding.change().p())
                .put("autocorrelation", finding.change().autocorrelation())
                .put("nightsBefore", finding.change().nightsBefore())
                .put("nightsAfter", finding.change().nightsAfter());
        ArrayNode circumstances = to.putArray("circumstances");
        finding.circumstances().forEach(words -> circumstances.add(words));
        to.put("coincides", finding.coincides());
        to.put("accepted", finding.accepted().orElse(null));
    }
}
