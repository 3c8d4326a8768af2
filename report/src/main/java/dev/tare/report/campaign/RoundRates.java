package dev.tare.report.campaign;

import dev.tare.report.rounds.Series;
import dev.tare.report.unit.Measure;
import dev.tare.report.unit.Quantity;
import dev.tare.runs.Configuration;
import dev.tare.runs.Measurement;
import dev.tare.runs.Metric;
import dev.tare.runs.Run;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.CampaignHost;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participation;
import dev.tare.runs.campaign.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What each measured host reached in each round while its iterations counted. All are rates: more is better, and hosts add
 * up; a time per operation becomes operations per second.
 *
 * <p>The journal has JMH's scores iteration by iteration; the physical counter (MB/s, GFLOP/s) is in the host's own run, fork
 * by fork. An operation's work is constant, so that the forks of a configuration tell what of the counter an operation stands
 * for, and the counted iterations how many operations there were.
 */
final class RoundRates {
    private static final String OPERATIONS = "ops/s";

    private final Campaign campaign;
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final Map<Place, SortedMap<Integer, Double>> values = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private record Place(String scenario, int occurrence, String host) {}

    RoundRates(Campaign campaign) {
        this.campaign = campaign;
        campaign.header().hosts().forEach(this::readRun);
        chooseUnits();
        for (Attempt attempt : campaign.counted()) {
            for (Participation one : measured(attempt)) {
                Optional<Quantity> rate = isPhysical(one.workload()) ? physical(one) : own(one);
                rate.ifPresent(some -> values.computeIfAbsent(
                                new Place(
                                        attempt.slot().scenario(),
                                        attempt.slot().occurrence(),
                                        one.host()),
                                any -> new TreeMap<>())
                        .put(attempt.slot().round(), some.value()));
                if (rate.filter(some -> some.value() > 0 && Double.isFinite(some.value()))
                        .isEmpty()) {
                    warnings.add(attempt.slot() + ": " + one.host() + " has no score above 0 in its counted iterations;"
                            + " left out");
                }
            }
        }
    }

    private void readRun(CampaignHost host) {
        Path path = campaign.folder().host(host.name());
        if (!Files.isDirectory(path)) {
            return;
        }
        try {
            runs.put(host.name(), Run.read(path));
        } catch (UnreadableRunException e) {
            warnings.add(host.name() + ": its own run cannot be read, so its rates are operations per second: "
                    + e.getMessage());
        }
    }

    /** Hosts that do the same work are compared in one unit: a physical one only where all forks have it. */
    private void chooseUnits() {
        Map<String, Set<String>> found = new HashMap<>();
        for (Attempt attempt : campaign.counted()) {
            for (Participation one : measured(attempt)) {
                if (one.meanScore().isPresent()) {
                    found.computeIfAbsent(one.workload(), any -> new HashSet<>())
                            .add(physical(one).map(Quantity::unit).orElse(OPERATIONS));
                }
            }
        }
        found.forEach((workload, all) ->
                units.put(workload, all.size() == 1 ? all.iterator().next() : OPERATIONS));
    }

    private static List<Participation> measured(Attempt attempt) {
        return attempt.participations().stream()
                .filter(one -> one.role() == LoadRole.MEASURED)
                .toList();
    }

    private boolean isPhysical(String workload) {
        return !unit(workload).equals(OPERATIONS);
    }

    /** Operations per second; empty when its iterations have no score, or one of an unknown unit. */
    private static Optional<Quantity> own(Participation one) {
        return one.meanScore().isEmpty() || one.configuration().isEmpty()
                ? Optional.empty()
                : rate(
                        one.unit(),
                        one.meanScore().getAsDouble(),
                        one.configuration().get().threads());
    }

    private static Optional<Quantity> rate(String unit, double score, int threads) {
        Measure measure = Measure.raw(Measure.OWN_SCORE, unit);
        double value = measure.convert(score);
        return switch (measure.better()) {
            case MORE_IS_BETTER -> Optional.of(new Quantity(value, OPERATIONS));
            case LESS_IS_BETTER -> Optional.of(new Quantity(threads / value, OPERATIONS));
            case NEITHER -> Optional.empty();
        };
    }

    private Optional<Quantity> physical(Participation one) {
        Optional<Quantity> counted = own(one);
        Optional<Measurement> measurement = one.configuration().flatMap(ran -> measurement(one.host(), ran));
        if (counted.isEmpty() || measurement.isEmpty()) {
            return Optional.empty();
        }
        return perOperation(measurement.get())
                .map(work -> new Quantity(counted.get().value() * work.value(), work.unit()));
    }

    /** What one operation per second is in the unit of the primary counter, by the forks that have both. */
    private static Optional<Quantity> perOperation(Measurement measurement) {
        int threads = measurement.configuration().threads();
        Metric score = measurement.primary();
        Map<String, String> labels = measurement.secondary().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().scoreUnit()));
        Measure measure = Measure.primary(score.scoreUnit(), labels, threads);
        Metric counter = measurement.secondary().get(measure.name());
        if (counter == null) {
            return Optional.empty();
        }
        OptionalDouble work = score.byRound().entrySet().stream()
                .filter(fork -> counter.byRound().containsKey(fork.getKey()))
                .flatMap(fork -> rate(score.scoreUnit(), fork.getValue(), threads)
                        .map(rate -> measure.convert(counter.byRound().getOrDefault(fork.getKey(), Double.NaN))
                                / rate.value())
                        .stream())
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .average();
        return work.isPresent() ? Optional.of(new Quantity(work.getAsDouble(), measure.unit())) : Optional.empty();
    }

    private Optional<Measurement> measurement(String host, Configuration configuration) {
        Run run = runs.get(host);
        return run == null
                ? Optional.empty()
                : run.measurements().stream()
                        .filter(one -> one.configuration().equals(configuration))
                        .findFirst();
    }

    /** The unit of all rates of a workload. */
    String unit(String workload) {
        return units.getOrDefault(workload, OPERATIONS);
    }

    /** The rates of a host in a scenario, each occurrence a series of its own. */
    List<Series> occurrences(String scenario, String host) {
        int most =
                campaign.header().scenario(scenario).map(Scenario::occurrences).orElse(0);
        return IntStream.rangeClosed(1, most)
                .mapToObj(occurrence ->
                        new Series(values.getOrDefault(new Place(scenario, occurrence, host), new TreeMap<>())))
                .toList();
    }

    /** The rates of a host in a scenario; of several occurrences in a round their geometric mean. */
    Series of(String scenario, String host) {
        return Series.ofOccurrences(occurrences(scenario, host));
    }

    /** What could not be read or has no value, in sentences. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
