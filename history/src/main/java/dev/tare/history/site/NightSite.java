package dev.tare.history.site;

import dev.tare.history.change.Change;
import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.check.WatchedSeries;
import dev.tare.history.check.WatchedSeries.Excluded;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.history.told.CheckText;
import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Document;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pages without scripts, one to look at in the morning, one for each host, one for each series. They link each other, and
 * nothing else.
 */
public final class NightSite {
    private static final String INDEX = "index.html";
    private static final double DAY_S = Duration.ofDays(1).toSeconds();

    private final HistoryCheck check;
    private final Map<String, List<WatchedSeries>> byHost = new LinkedHashMap<>();
    private final Map<String, String> hostFiles = new LinkedHashMap<>();
    private final Map<String, List<ChangeFinding>> findings = new LinkedHashMap<>();

    /**
     * Pages that are not written yet.
     *
     * @param check what was found in these series
     */
    public NightSite(HistoryCheck check, List<WatchedSeries> series) {
        this.check = check;
        for (WatchedSeries one : series) {
            byHost.computeIfAbsent(one.stored().host(), any -> new ArrayList<>())
                    .add(one);
        }
        byHost.keySet().forEach(host -> hostFiles.put(host, "host-" + (hostFiles.size() + 1) + ".html"));
        check.findings()
                .forEach(finding -> findings.computeIfAbsent(file(finding.series()), any -> new ArrayList<>())
                        .add(finding));
    }

    /**
     * Writes all pages, over those that are there.
     *
     * @return how many
     */
    public int write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(Document.STYLE_SHEET_NAME), Document.styleSheet());
        int pages = 1;
        Files.writeString(folder.resolve(INDEX), overview().html(true));
        for (Map.Entry<String, List<WatchedSeries>> host : byHost.entrySet()) {
            Files.writeString(
                    folder.resolve(hostFile(host.getKey())),
                    host(host.getKey(), host.getValue()).html(true));
            pages++;
            for (WatchedSeries one : host.getValue()) {
                Files.writeString(folder.resolve(file(one)), series(one).html(true));
                pages++;
            }
        }
        return pages;
    }

    private String hostFile(String host) {
        return hostFiles.getOrDefault(host, INDEX);
    }

    private static String file(WatchedSeries series) {
        return "series-" + series.stored().id() + "-" + series.kind().name().toLowerCase(Locale.ROOT) + ".html";
    }

    /** What changed, host by host. */
    Document overview() {
        List<Section> sections = new ArrayList<>();
        List<String> said = new ArrayList<>(List.of(CheckText.summary(check) + "."));
        sections.add(new Section.Sentences("This morning", "verdict", said));
        if (!check.news().isEmpty()) {
            sections.add(new Section.Links(
                    "What changed and was not accepted",
                    check.news().stream().map(NightSite::link).toList()));
        }
        addSentences(sections, "What does not count", "gap", check.gaps());
        addSentences(sections, "Begun anew", "begun-anew", check.begunAnew());
        List<Section.Link> hosts = new ArrayList<>();
        byHost.forEach((host, series) -> hosts.add(new Section.Link(host, hostFile(host), words(host, series))));
        sections.add(new Section.Links("Hosts", hosts));
        return new Document(
                "Nights", "Changes that are believed by the rule in docs/history.md. Times are UTC.", sections);
    }

    private static void addSentences(List<Section> sections, String heading, String kind, List<String> sentences) {
        if (!sentences.isEmpty()) {
            sections.add(new Section.Sentences(heading, kind, sentences));
        }
    }

    private static Section.Link link(ChangeFinding finding) {
        return new Section.Link(finding.series().name(), file(finding.series()), inShort(finding));
    }

    private static String inShort(ChangeFinding finding) {
        return String.format(
                Locale.ROOT,
                "%s, %+.1f %% since %s%s",
                finding.verdict(),
                (finding.change().ratio() - 1) * 100,
                date(finding.first().started()),
                finding.accepted().map(because -> ", accepted: " + because).orElse(""));
    }

    private String words(String host, List<WatchedSeries> series) {
        int news = (int) check.news().stream()
                .filter(finding -> finding.series().stored().host().equals(host))
                .count();
        Optional<Instant> last = series.stream()
                .flatMap(one -> one.nights().stream())
                .map(Night::started)
                .max(Instant::compareTo);
        return Counted.of(series.size(), "series", "series")
                + last.map(night -> ", last night " + date(night)).orElse(", no night that counts")
                + (news == 0 ? "" : ", " + Counted.of(news, "new change"));
    }

    private static LocalDate date(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** A host's series. */
    Document host(String host, List<WatchedSeries> series) {
        List<Section> sections = new ArrayList<>();
        List<Section.Link> links = new ArrayList<>();
        for (WatchedSeries one : series) {
            List<ChangeFinding> own = findings.getOrDefault(file(one), List.of());
            String last = one.nights().isEmpty()
                    ? "no night that counts"
                    : CheckText.value(
                            one, one.nights().get(one.nights().size() - 1).value());
            links.add(new Section.Link(
                    one.name(), file(one), last + (own.isEmpty() ? "" : "; " + inShort(own.get(own.size() - 1)))));
        }
        addSentences(
                sections,
                "Nights without a run",
                "gap",
                series.stream()
                        .flatMap(one -> one.excluded().stream())
                        .filter(Excluded::absent)
                        .map(night -> date(night.started()) + ": " + night.reason())
                        .distinct()
                        .toList());
        sections.add(new Section.Links("Series", links));
        sections.add(back(new Section.Link("All hosts", INDEX, "")));
        return new Document(host, words(host, series), sections);
    }

    private static Section.Links back(Section.Link... links) {
        return new Section.Links("Elsewhere", List.of(links));
    }

    /** One series, night by night. */
    Document series(WatchedSeries series) {
        List<Section> sections = new ArrayList<>();
        List<ChangeFinding> own = findings.getOrDefault(file(series), List.of());
        sections.add(nights(series, own));
        List<String> changes = new ArrayList<>();
        own.forEach(finding ->
                changes.addAll(CheckText.of(finding).stream().map(String::strip).toList()));
        addSentences(sections, "Changes", "verdict", changes);
        addSentences(
                sections,
                "Nights that do not count",
                "gap",
                series.excluded().stream()
                        .map(night -> date(night.started()) + ": " + night.reason())
                        .toList());
        series.begunAnew()
                .ifPresent(anew -> addSentences(
                        sections,
                        "Begun anew",
                        "begun-anew",
                        List.of("on " + date(anew.since()) + ", measured with " + anew.now() + " instead of "
                                + anew.before())));
        sections.add(back(
                new Section.Link(
                        series.stored().host(), hostFile(series.stored().host()), ""),
                new Section.Link("All hosts", INDEX, "")));
        return new Document(
                series.name(),
                series.kind() == WatchedSeries.Kind.EFFICIENCY
                        ? "What it keeps of the native host's performance in the same night; more is better."
                        : "The geometric mean of each night's forks, " + better(series) + ".",
                sections);
    }

    private static String better(WatchedSeries series) {
        return switch (series.better()) {
            case MORE_IS_BETTER -> "more is better";
            case LESS_IS_BETTER -> "less is better";
            case NEITHER -> "neither more nor less is better";
        };
    }

    private static Section.Figure nights(WatchedSeries series, List<ChangeFinding> own) {
        boolean efficiency = series.kind() == WatchedSeries.Kind.EFFICIENCY;
        DisplayUnit unit = efficiency
                ? DisplayUnit.of("", 1)
                : DisplayUnit.of(
                        series.unit(),
                        series.nights().stream().mapToDouble(Night::value).max().orElse(1));
        double[] levels = levels(series, own);
        SortedMap<Instant, Grid.Line> lines = new TreeMap<>();
        Instant first = first(series);
        for (int i = 0; i < series.nights().size(); i++) {
            Night night = series.nights().get(i);
            int index = i;
            String said = own.stream()
                    .filter(finding -> finding.change().index() == index)
                    .map(NightSite::inShort)
                    .findFirst()
                    .orElse("");
            lines.put(
                    night.started(),
                    line(
                            night.started(),
                            first,
                            efficiency ? percent(night.value()) : Value.of(night.value(), Optional.empty(), unit),
                            efficiency ? percent(levels[i]) : Value.of(levels[i], Optional.empty(), unit),
                            said));
        }
        for (Excluded night : series.excluded()) {
            lines.put(
                    night.started(),
                    line(night.started(), first, Value.words(night.reason()), Value.words(""), "does not count"));
        }
        String shown = efficiency ? "%" : unit.unit();
        return new Section.Figure(
                "Nights",
                Counted.of(series.nights().size(), "night"),
                "nights",
                own.isEmpty()
                        ? "No change is believed."
                        : Counted.of(own.size(), "change") + "; the last: " + inShort(own.get(own.size() - 1)) + ".",
                "Dots: nights. Lines: means between changes. Strokes at the foot: nights that do not count.",
                new Grid(
                        List.of("night"),
                        List.of(
                                new Grid.Column("day", ""),
                                new Grid.Column("value", shown, Tone.FIRST),
                                new Grid.Column("mean since the last change", shown),
                                new Grid.Column("in words", "")),
                        List.copyOf(lines.values())),
                new Chart.Nights(),
                false);
    }

    private static Value percent(double ratio) {
        return Value.percent(ratio, Optional.empty());
    }

    private static Instant first(WatchedSeries series) {
        Instant first =
                series.nights().isEmpty() ? Instant.MAX : series.nights().get(0).started();
        return series.excluded().isEmpty()
                        || first.isBefore(series.excluded().get(0).started())
                ? first
                : series.excluded().get(0).started();
    }

    private static Grid.Line line(Instant started, Instant first, Value value, Value level, String words) {
        double day = Duration.between(first, started).toSeconds() / DAY_S;
        return new Grid.Line(
                List.of(date(started).toString()),
                List.of(Value.number(day, String.format(Locale.ROOT, "%.1f", day)), value, level, Value.words(words)));
    }

    /** The geometric mean of each night's stretch between changes. */
    private static double[] levels(WatchedSeries series, List<ChangeFinding> own) {
        double[] levels = new double[series.nights().size()];
        List<Integer> bounds = new ArrayList<>(List.of(0));
        own.stream().map(ChangeFinding::change).map(Change::index).sorted().forEach(bounds::add);
        bounds.add(levels.length);
        for (int stretch = 0; stretch + 1 < bounds.size(); stretch++) {
            List<Night> nights = series.nights().subList(bounds.get(stretch), bounds.get(stretch + 1));
            double mean = Math.exp(nights.stream()
                    .mapToDouble(night -> Math.log(night.value()))
                    .average()
                    .orElse(0));
            for (int i = bounds.get(stretch); i < bounds.get(stretch + 1); i++) {
                levels[i] = mean;
            }
        }
        return levels;
    }
}
