package dev.tare.history.check;

import dev.tare.history.change.Change;
import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.WatchedSeries.Kind;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.history.night.AbsentNight;
import dev.tare.history.store.AcceptedChange;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.history.store.StoredSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Looks at all series of a store.
 *
 * @param series how many were looked at
 * @param findings all changes, accepted ones too; by host and series
 * @param gaps of each host's last night what does not count and why, and hosts that did not measure, one sentence each
 * @param begunAnew series that are measured otherwise than before, one sentence each
 */
public record HistoryCheck(int series, List<ChangeFinding> findings, List<String> gaps, List<String> begunAnew) {
    /** What of the environment can move a score: changes of these stand beside a change. */
    private static final List<String> CIRCUMSTANCES = List.of(
            "os.kernel",
            "os.commandLine",
            "cpu.model",
            "cpu.microcode",
            "cpu.usableProcessors",
            "cpu.frequencyGovernor",
            "cpu.smt",
            "memory.usableBytes",
            "memory.transparentHugePages",
            "virtualization.summary",
            "virtualization.platform",
            "controlGroup.cpuQuotaProcessors",
            "controlGroup.memoryLimitBytes",
            "jdk.version",
            "jdk.vmVersion",
            "jdk.vendor",
            "jdk.flags",
            "tare.version",
            "tare.commit");

    /** The date of a change moves by a night or two as more nights come in. */
    private static final int SAME_NIGHTS = 3;

    /** A night and a half: a host that measures each night is never so far behind another. */
    private static final Duration ABSENT = Duration.ofHours(36);

    private static final Duration SAME_TIME = Duration.ofDays(SAME_NIGHTS);

    /** Keeps copies. */
    public HistoryCheck {
        findings = List.copyOf(findings);
        gaps = List.copyOf(gaps);
        begunAnew = List.copyOf(begunAnew);
    }

    /** Changes that nobody has accepted. */
    public List<ChangeFinding> news() {
        return findings.stream().filter(finding -> finding.accepted().isEmpty()).toList();
    }

    /**
     * Looks.
     *
     * @param wanted which series; of others nothing is read
     */
    public static HistoryCheck of(HistoryStore store, ChangeRule rule, Predicate<SeriesName> wanted)
            throws StoreException {
        return of(store, rule, wanted, series -> {});
    }

    /**
     * Looks, and hands over what it looks at.
     *
     * @param looked is given each series in the order in which findings are
     */
    public static HistoryCheck of(
            HistoryStore store, ChangeRule rule, Predicate<SeriesName> wanted, Consumer<WatchedSeries> looked)
            throws StoreException {
        return new Looking(store, rule, wanted).all(looked);
    }

    /** One look at a store. */
    private static final class Looking {
        private final HistoryStore store;
        private final ChangeRule rule;
        private final Predicate<SeriesName> wanted;
        private final SeriesBook book;
        private final List<AcceptedChange> accepted;
        private final List<ChangeFinding> findings = new ArrayList<>();
        private final List<String> gaps = new ArrayList<>();
        private final TreeSet<String> begunAnew = new TreeSet<>();
        private int series;

        Looking(HistoryStore store, ChangeRule rule, Predicate<SeriesName> wanted) throws StoreException {
            this.store = store;
            this.rule = rule;
            this.wanted = wanted;
            this.book = new SeriesBook(store);
            this.accepted = store.accepted();
        }

        /** Host by host: a year of two hundred hosts need not be in memory at once. */
        HistoryCheck all(Consumer<WatchedSeries> looked) throws StoreException {
            for (Map.Entry<String, List<StoredSeries>> host : book.byHost().entrySet()) {
                List<WatchedSeries> watched = new ArrayList<>();
                for (StoredSeries stored : host.getValue()) {
                    watched.addAll(book.watch(stored, wanted));
                }
                series += watched.size();
                for (Changed changed :
                        watched.parallelStream().map(this::changed).toList()) {
                    for (Change change : changed.changes()) {
                        findings.add(finding(changed.series(), change));
                    }
                }
                noteGaps(host.getKey(), watched);
                watched.forEach(this::noteBegin);
                watched.forEach(looked);
            }
            noteAbsentHosts();
            return new HistoryCheck(
                    series, Coincidences.in(findings, SAME_TIME, book::machine), gaps, List.copyOf(begunAnew));
        }

        /** A series with its changes. */
        private record Changed(WatchedSeries series, List<Change> changes) {}

        private Changed changed(WatchedSeries one) {
            return new Changed(
                    one,
                    rule.changes(one.nights().stream().mapToDouble(Night::value).toArray()));
        }

        private ChangeFinding finding(WatchedSeries one, Change change) throws StoreException {
            ChangeFinding bare = new ChangeFinding(one, change, List.of(), "", Optional.empty());
            return new ChangeFinding(one, change, circumstances(bare), "", because(bare));
        }

        private Optional<String> because(ChangeFinding finding) {
            return accepted.stream()
                    .filter(known -> known.seriesId()
                                    == finding.series().stored().id()
                            && known.kind().equals(finding.series().kind().name())
                            && isAt(finding, known))
                    .map(AcceptedChange::because)
                    .findFirst();
        }

        /** Within three nights of the series, whose nights may lie weeks apart. */
        private static boolean isAt(ChangeFinding finding, AcceptedChange known) {
            List<Night> nights = finding.series().nights();
            int at = 0;
            while (at < nights.size() && nights.get(at).started().isBefore(known.at())) {
                at++;
            }
            return Math.abs(at - finding.change().index()) <= SAME_NIGHTS;
        }

        private List<String> circumstances(ChangeFinding finding) throws StoreException {
            List<String> words = new ArrayList<>(
                    differences("", finding.last().runId(), finding.first().runId()));
            if (finding.series().kind() == Kind.EFFICIENCY) {
                words.addAll(differences(
                        "native ",
                        finding.last().nativeRunId().orElseThrow(),
                        finding.first().nativeRunId().orElseThrow()));
            }
            return words;
        }

        private List<String> differences(String whose, long before, long after) throws StoreException {
            SortedMap<String, String> then = new TreeMap<>(store.environment(before));
            SortedMap<String, String> now = store.environment(after);
            List<String> words = new ArrayList<>();
            for (String fact : CIRCUMSTANCES) {
                String old = then.getOrDefault(fact, "absent");
                String current = now.getOrDefault(fact, "absent");
                if (!old.equals(current)) {
                    words.add(whose + fact + ": " + old + " -> " + current);
                }
            }
            return words;
        }

        private void noteGaps(String host, List<WatchedSeries> watched) {
            SortedMap<String, Integer> lastNight = new TreeMap<>();
            for (WatchedSeries one : watched) {
                if (one.kind() == Kind.VALUE) {
                    lastNightLeftOut(one)
                            .ifPresent(last -> lastNight.merge(last.started() + ": " + last.reason(), 1, Integer::sum));
                }
            }
            lastNight.forEach((what, count) -> gaps.add(host + " " + what + " in " + count + " configuration"
                    + (count == 1 ? "" : "s") + ", which do not count"));
        }

        /** The last night that was measured, where it does not count. */
        private static Optional<WatchedSeries.Excluded> lastNightLeftOut(WatchedSeries one) {
            Instant lastThatCounts = one.nights().isEmpty()
                    ? Instant.MIN
                    : one.nights().get(one.nights().size() - 1).started();
            return one.excluded().stream()
                    .filter(night -> !night.absent() && night.started().isAfter(lastThatCounts))
                    .reduce((earlier, later) -> later);
        }

        /** Hosts of which nothing came: they said why, or others had their nights meanwhile. */
        private void noteAbsentHosts() {
            SortedMap<String, Instant> last = new TreeMap<>();
            book.runs()
                    .forEach(run ->
                            last.merge(run.host(), run.started(), (one, other) -> one.isAfter(other) ? one : other));
            Instant newest = last.values().stream().max(Instant::compareTo).orElse(Instant.MIN);
            SortedSet<String> hosts = new TreeSet<>(last.keySet());
            hosts.addAll(book.absent().keySet());
            for (String host : hosts) {
                Instant night = last.getOrDefault(host, Instant.MIN);
                List<AbsentNight> since = book.absent().getOrDefault(host, List.of()).stream()
                        .filter(absent -> absent.started().isAfter(night))
                        .toList();
                if (!since.isEmpty()) {
                    AbsentNight latest = since.get(since.size() - 1);
                    gaps.add(host + ": did not measure on " + latest.started() + ": " + latest.reason()
                            + (last.containsKey(host) ? "; its last night is of " + night : "; it has no night yet"));
                } else if (Duration.between(night, newest).compareTo(ABSENT) > 0) {
                    gaps.add(host + ": no night since " + night + ", while other hosts have theirs of " + newest);
                }
            }
        }

        private void noteBegin(WatchedSeries one) {
            one.begunAnew()
                    .ifPresent(anew -> begunAnew.add(one.stored().host() + " "
                            + one.stored().configuration().benchmark() + ": begun anew on " + anew.since()
                            + ", for it is"
                            + " measured with " + anew.now() + " instead of " + anew.before()));
        }
    }
}
