package dev.tare.report.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Section.PropertyTable;
import dev.tare.report.document.Section.ResultTable;
import dev.tare.report.document.Section.Sentences;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A document as JSON, section by section. Counts stay below 2^53, so that readers with doubles alone lose nothing. */
final class JsonRenderer implements Section.Form {
    /** Of the form; docs/report.schema.json describes it. */
    private static final int SCHEMA = 1;

    private static final double PERCENT = 100;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ArrayNode sections = JSON.arrayNode();

    String render(Document document) {
        document.sections().forEach(section -> section.writeTo(this));
        ObjectNode root = JSON.objectNode()
                .put("schema", SCHEMA)
                .put("title", document.title())
                .put("explanation", document.explanation());
        root.set("sections", sections);
        return root.toPrettyString() + "\n";
    }

    @Override
    public void results(ResultTable table) {
        ObjectNode section = section("results", table.heading());
        ArrayNode runs = section.putArray("runs");
        for (Section.ComparedRun run : table.runs()) {
            ObjectNode object = runs.addObject().put("name", run.name());
            object.set("host", word(run.host()));
            object.set("started", word(run.started()));
            object.set("labels", word(run.labels()));
        }
        section.put("baseline", table.baseline());
        ArrayNode rows = section.putArray("rows");
        table.rows().forEach(row -> rows.add(row(table, row)));
    }

    private static ObjectNode row(ResultTable table, Row row) {
        ObjectNode object = JSON.objectNode();
        object.set("configuration", row.configuration().json());
        object.put("name", table.name(row)).put("metric", row.metric()).put("primary", row.primary());
        object.put("unit", row.unit());
        object.set("better", word(CsvRenderer.better(row)));
        ArrayNode cells = object.putArray("cells");
        row.cells()
                .forEach(
                        cell -> cells.add(cell.<JsonNode>map(JsonRenderer::cell).orElse(JSON.nullNode())));
        ArrayNode remarks = object.putArray("remarks");
        for (Row.Remark remark : row.remarks()) {
            ArrayNode about =
                    remarks.addObject().put("sentence", remark.sentence()).putArray("runs");
            remark.runs().stream().sorted().forEach(about::add);
        }
        return object;
    }

    private static ObjectNode cell(Row.Cell cell) {
        ObjectNode object = JSON.objectNode();
        object.set("value", number(cell.value()));
        putEnds(object, "low95", "high95", cell.forks().interval(), 1);
        ArrayNode forks = object.putArray("forks");
        List<Double> values = cell.forks().values();
        for (int fork = 0; fork < values.size(); fork++) {
            ObjectNode one = forks.addObject();
            one.set(
                    "round",
                    fork < cell.rounds().size() ? JSON.numberNode(cell.rounds().get(fork)) : JSON.nullNode());
            one.set("value", number(values.get(fork)));
        }
        Optional<Efficiency> efficiency = cell.efficiency();
        object.set(
                "efficiencyPercent",
                number(efficiency.map(some -> some.ratio() * PERCENT).orElse(Double.NaN)));
        putEnds(
                object,
                "efficiencyLow95Percent",
                "efficiencyHigh95Percent",
                efficiency.flatMap(Efficiency::interval),
                PERCENT);
        object.set("status", word(cell.status()));
        object.set("clock", word(cell.clock()));
        return object;
    }

    @Override
    public void sentences(Sentences section) {
        ArrayNode sentences = section("sentences", section.heading())
                .put("kind", section.kind())
                .putArray("sentences");
        section.sentences().forEach(sentences::add);
    }

    @Override
    public void links(Section.Links section) {
        ArrayNode links = section("links", section.heading()).putArray("links");
        section.links()
                .forEach(link -> links.addObject()
                        .put("name", link.name())
                        .put("file", link.file())
                        .put("words", link.words()));
    }

    @Override
    public void properties(PropertyTable table) {
        ObjectNode section = section("properties", table.heading()).put("kind", table.kind());
        ArrayNode runs = section.putArray("runs");
        table.runs().forEach(runs::add);
        ArrayNode properties = section.putArray("properties");
        for (Section.Property property : table.properties()) {
            ArrayNode values =
                    properties.addObject().put("name", property.name()).putArray("values");
            property.values().forEach(value -> values.add(word(value)));
        }
    }

    @Override
    public void figure(Figure figure) {
        ObjectNode section =
                section("figure", figure.heading()).put("kind", figure.kind()).put("chapter", figure.chapter());
        section.set("finding", word(figure.finding()));
        section.set("explanation", word(figure.explanation()));
        section.set("source", word(figure.source()));
        section.set("chart", chart(figure.chart()));
        section.put("repeats", figure.repeats());
        ArrayNode names = section.putArray("names");
        figure.grid().names().forEach(names::add);
        ArrayNode columns = section.putArray("columns");
        figure.grid()
                .columns()
                .forEach(
                        column -> columns.addObject().put("name", column.name()).set("unit", word(column.unit())));
        ArrayNode lines = section.putArray("lines");
        for (Grid.Line line : figure.grid().lines()) {
            ObjectNode object = lines.addObject();
            ArrayNode lineNames = object.putArray("names");
            line.names().forEach(lineNames::add);
            ArrayNode values = object.putArray("values");
            line.values().forEach(value -> values.add(value(value)));
        }
    }

    private static ObjectNode chart(Chart chart) {
        ObjectNode object =
                JSON.objectNode().put("kind", chart.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        if (chart instanceof Chart.Dots dots) {
            ArrayNode noise = object.putArray("noise");
            dots.noise()
                    .forEach((group, band) -> noise.addObject()
                            .put("group", group)
                            .put("low", band.low())
                            .put("high", band.high()));
        }
        return object;
    }

    private static JsonNode value(Value value) {
        if (!value.isNumber() && value.text().isEmpty()) {
            return JSON.nullNode();
        }
        ObjectNode object = JSON.objectNode();
        object.set("number", number(value.number()));
        putEnds(object, "low95", "high95", value.interval(), 1);
        object.put("text", value.text()).put("evidence", value.evidence());
        ArrayNode parts = object.putArray("parts");
        value.parts().forEach(part -> parts.add(number(part)));
        return object;
    }

    private ObjectNode section(String type, String heading) {
        return sections.addObject().put("type", type).put("heading", heading);
    }

    private static void putEnds(ObjectNode object, String low, String high, Optional<Interval> ends, double factor) {
        object.set(low, number(ends.map(Interval::low).orElse(Double.NaN) * factor));
        object.set(high, number(ends.map(Interval::high).orElse(Double.NaN) * factor));
    }

    private static JsonNode number(double number) {
        return Double.isFinite(number) ? JSON.numberNode(number) : JSON.nullNode();
    }

    private static JsonNode word(String word) {
        return word.isEmpty() ? JSON.nullNode() : JSON.textNode(word);
    }
}
