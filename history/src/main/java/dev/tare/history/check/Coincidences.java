package dev.tare.history.check;

import dev.tare.history.check.WatchedSeries.Kind;
import dev.tare.runs.Configuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What changed together: the best hint at whose change it is. */
final class Coincidences {
    /** Only these can say something of each other: a step of a whole fleet has thousands. */
    private final Map<Configuration, List<ChangeFinding>> byConfiguration;

    private final Map<String, List<ChangeFinding>> byHost;
    private final Duration sameTime;
    private final Function<ChangeFinding, String> machine;

    private Coincidences(List<ChangeFinding> all, Duration sameTime, Function<ChangeFinding, String> machine) {
        this.byConfiguration = all.stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.series().stored().configuration()));
        this.byHost = all.stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.series().stored().host()));
        this.sameTime = sameTime;
        this.machine = machine;
    }

    /**
     * Findings with what coincides with each.
     *
     * @param machine names the physical machine of a finding: a guest's is its native host
     */
    static List<ChangeFinding> in(
            List<ChangeFinding> findings, Duration sameTime, Function<ChangeFinding, String> machine) {
        Coincidences coincidences = new Coincidences(findings, sameTime, machine);
        List<ChangeFinding> named = new ArrayList<>();
        findings.forEach(finding -> named.add(finding.coinciding(coincidences.words(finding))));
        return named;
    }

    private String words(ChangeFinding finding) {
        List<ChangeFinding> ofThisConfiguration =
                byConfiguration.getOrDefault(finding.series().stored().configuration(), List.of());
        List<ChangeFinding> ofThisHost =
                byHost.getOrDefault(finding.series().stored().host(), List.of());
        if (coincides(finding, ofThisConfiguration, other -> isAlikeOnAnotherMachine(finding, other))) {
            return "the same benchmark on other hosts, too: Tare, JDK or kernel";
        }
        if (coincides(finding, ofThisConfiguration, other -> isAlikeOnAnotherHost(finding, other))) {
            return "the same benchmark on its native host or in its guests, too: the host";
        }
        if (coincides(finding, ofThisHost, other -> isItsOtherKind(finding, other))) {
            return "efficiency and value: hypervisor or guest";
        }
        if (finding.series().kind() == Kind.EFFICIENCY) {
            return coincides(finding, ofThisConfiguration, other -> isOppositeOnItsNativeHost(finding, other))
                    ? "efficiency without the guest's own value: the native host"
                    : "efficiency alone";
        }
        return coincides(finding, ofThisHost, other -> other.series().kind() == Kind.VALUE)
                ? "more on this host: the host"
                : "";
    }

    private boolean coincides(ChangeFinding finding, List<ChangeFinding> among, Predicate<ChangeFinding> which) {
        return among.stream()
                .filter(other -> !other.equals(finding))
                .filter(which)
                .anyMatch(other -> Duration.between(
                                        other.first().started(), finding.first().started())
                                .abs()
                                .compareTo(sameTime)
                        <= 0);
    }

    private boolean isAlikeOnAnotherMachine(ChangeFinding finding, ChangeFinding other) {
        return isAlikeOnAnotherHost(finding, other) && !machine.apply(other).equals(machine.apply(finding));
    }

    private static boolean isAlikeOnAnotherHost(ChangeFinding finding, ChangeFinding other) {
        return !other.series().stored().host().equals(finding.series().stored().host())
                && other.series().kind() == finding.series().kind()
                && other.isRegression() == finding.isRegression();
    }

    private boolean isOppositeOnItsNativeHost(ChangeFinding finding, ChangeFinding other) {
        return other.series().kind() == Kind.VALUE
                && !other.series()
                        .stored()
                        .host()
                        .equals(finding.series().stored().host())
                && machine.apply(other).equals(machine.apply(finding))
                && other.isRegression() != finding.isRegression();
    }

    private static boolean isItsOtherKind(ChangeFinding finding, ChangeFinding other) {
        return other.series().stored().id() == finding.series().stored().id()
                && other.series().kind() != finding.series().kind();
    }
}
