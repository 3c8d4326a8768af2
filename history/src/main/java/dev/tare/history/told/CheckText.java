package dev.tare.history.told;

import dev.tare.history.change.Change;
import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import dev.tare.history.check.WatchedSeries;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** For a terminal: one line when nothing changed. */
public final class CheckText {
    private CheckText() {}

    /** All of it, line by line. */
    public static List<String> of(HistoryCheck check) {
        List<String> lines = new ArrayList<>(List.of(summary(check)));
        check.news().forEach(finding -> lines.addAll(of(finding)));
        check.gaps().forEach(gap -> lines.add("gap: " + gap));
        lines.addAll(check.begunAnew());
        return lines;
    }

    /** Such as {@code 1 change in 52 series, 1 for the worse, 2 accepted}. */
    public static String summary(HistoryCheck check) {
        List<ChangeFinding> news = check.news();
        int accepted = check.findings().size() - news.size();
        long worse = news.stream().filter(ChangeFinding::isRegression).count();
        String series = Counted.of(check.series(), "series", "series");
        return (news.isEmpty()
                        ? "no change in " + series
                        : Counted.of(news.size(), "change") + " in " + series + ", " + worse + " for the worse")
                + (accepted == 0 ? "" : ", " + accepted + " accepted");
    }

    /** A line that tells the change, and one for each thing that may have made it. */
    public static List<String> of(ChangeFinding finding) {
        List<String> lines = new ArrayList<>();
        Change change = finding.change();
        lines.add(String.format(
                Locale.ROOT,
                "%-7s %+6.1f %%  since %s  %s -> %s  %s",
                finding.verdict(),
                (change.ratio() - 1) * 100,
                finding.first().started(),
                value(finding.series(), change.before()),
                value(finding.series(), change.after()),
                finding.series().name()));
        lines.add(String.format(
                Locale.ROOT,
                "        %s before, %d since; p %s, autocorrelation %.2f%s",
                Counted.of(change.nightsBefore(), "night"),
                change.nightsAfter(),
                p(change),
                change.autocorrelation(),
                finding.coincides().isEmpty() ? "" : "; " + finding.coincides()));
        finding.circumstances().forEach(words -> lines.add("        " + words));
        finding.accepted().ifPresent(because -> lines.add("        accepted: " + because));
        return lines;
    }

    /** The t distribution is not known so far out that smaller ones would say more; 0 would say too much. */
    private static String p(Change change) {
        return change.p() < 1e-16 ? "< 1e-16" : String.format(Locale.ROOT, "%.0e", change.p());
    }

    /** A value of a series in the unit in which people read it. */
    public static String value(WatchedSeries series, double value) {
        if (series.kind() == WatchedSeries.Kind.EFFICIENCY) {
            return DisplayUnit.percent(value);
        }
        DisplayUnit unit = DisplayUnit.of(series.unit(), value);
        return unit.value(value) + " " + unit.unit();
    }
}
