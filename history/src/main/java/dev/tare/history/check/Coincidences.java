package dev.tare.history.check;

import dev.tare.history.check.WatchedSeries.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What changed together: the best hint at whose change it is. */
final class Coincidences {
    private final List<ChangeFinding> all;
    private final Duration sameTime;

    private Coincidences(List<ChangeFinding> all, Duration sameTime) {
        this.all = all;
        this.sameTime = sameTime;
    }

    static List<ChangeFinding> in(List<ChangeFinding> findings, Duration sameTime) {
        Coincidences coincidences = new Coincidences(findings, sameTime);
        List<ChangeFinding> named = new ArrayList<>();
        findings.forEach(finding -> named.add(finding.coinciding(coincidences.words(finding))));
        return named;
    }

    private String words(ChangeFinding finding) {
        if (others(finding, other -> isOfAnotherHost(finding, other)) > 0) {
            return "the same benchmark on other hosts, too: Tare, JDK or kernel";
        }
        int onThisHost = others(finding, other -> isOfThisHost(finding, other));
        if (finding.series().kind() == Kind.EFFICIENCY) {
            return others(finding, other -> isItsValue(finding, other)) > 0
                    ? "efficiency and value: hypervisor or guest"
                    : "efficiency without the guest's own value: the native host";
        }
        return onThisHost > 0 ? "more on this host: the host" : "";
    }

    private int others(ChangeFinding finding, Predicate<ChangeFinding> which) {
        return (int) all.stream()
                .filter(other -> !other.equals(finding))
                .filter(other -> Duration.between(
                                        other.first().started(), finding.first().started())
                                .abs()
                                .compareTo(sameTime)
                        <= 0)
                .filter(which)
                .count();
    }

    private static boolean isOfAnotherHost(ChangeFinding finding, ChangeFinding other) {
        return !other.series().stored().host().equals(finding.series().stored().host())
                && other.series().kind() == finding.series().kind()
                && other.isRegression() == finding.isRegression()
                && other.series()
                        .stored()
                        .configuration()
                        .equals(finding.series().stored().configuration());
    }

    private static boolean isOfThisHost(ChangeFinding finding, ChangeFinding other) {
        return other.series().stored().host().equals(finding.series().stored().host())
                && other.series().kind() == finding.series().kind();
    }

    private static boolean isItsValue(ChangeFinding finding, ChangeFinding other) {
        return other.series().stored().id() == finding.series().stored().id()
                && other.series().kind() == Kind.VALUE;
    }
}
