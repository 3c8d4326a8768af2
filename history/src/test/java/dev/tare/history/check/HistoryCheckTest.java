package dev.tare.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.history.change.ChangeRule;
import dev.tare.history.check.WatchedSeries.Kind;
import dev.tare.history.night.AbsentNight;
import dev.tare.history.store.AcceptedChange;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.history.store.WrittenNight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts over stores whose truth is known. */
final class HistoryCheckTest {
    private static final int NIGHTS = 40;
    private static final int STEP_AT = 30;

    @TempDir
    Path folder;

    private HistoryStore store;
    private final Random random = new Random(7);

    @BeforeEach
    void openStore() throws StoreException {
        store = HistoryStore.openOrMake(folder.resolve("history.db").toString());
    }

    @AfterEach
    void closeStore() throws StoreException {
        store.close();
    }

    private double noisy(double value) {
        return value * Math.exp(0.01 * random.nextGaussian());
    }

    private HistoryCheck check() throws StoreException {
        return HistoryCheck.of(store, ChangeRule.DEFAULT, series -> true);
    }

    /** One host, one benchmark, a step of 10 % for the worse with a new kernel. */
    private void addStep(String host) throws StoreException {
        for (int night = 0; night < NIGHTS; night++) {
            store.add(new WrittenNight(host, night)
                    .kernel(night < STEP_AT ? "6.1.0" : "6.1.1")
                    .value("a.B.c", noisy(night < STEP_AT ? 100 : 90))
                    .run());
        }
    }

    @Test
    void aStepIsARegressionWithWhatChangedThatNight() throws StoreException {
        addStep("web1");

        HistoryCheck check = check();

        assertThat(check.series()).isEqualTo(1);
        ChangeFinding step = check.news().get(0);
        assertThat(step.isRegression()).isTrue();
        assertThat(step.first().started()).isEqualTo(WrittenNight.FIRST.plusSeconds(STEP_AT * 86_400L));
        assertThat(step.circumstances()).containsExactly("os.kernel: 6.1.0 -> 6.1.1");
    }

    @Test
    void anAcceptedChangeIsNoNewsAlsoWhenItsDateMovesByANight() throws StoreException {
        addStep("web1");
        ChangeFinding step = check().news().get(0);
        store.accept(List.of(new AcceptedChange(
                step.series().stored().id(),
                step.series().kind().name(),
                step.first().started().minusSeconds(2 * 86_400L),
                "new kernel")));

        assertThat(check().news()).isEmpty();
        assertThat(check().findings()).hasSize(1);
        assertThat(check().findings().get(0).accepted()).contains("new kernel");
    }

    @Test
    void theSameOnSeveralHostsIsOurVersionJdkOrKernel() throws StoreException {
        addStep("web1");
        addStep("web2");

        assertThat(check().news())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.coincides())
                        .isEqualTo("the same benchmark on other hosts, too: Tare, JDK or kernel"));
    }

    @Test
    void efficiencyFollowsTheNativeHostOfTheSameNightWhoseLabelsTheGuestHas() throws StoreException {
        for (int night = 0; night < NIGHTS; night++) {
            double weather = noisy(1);
            store.add(new WrittenNight("metal", night)
                    .ofNative()
                    .label("rack", "7")
                    .value("a.B.c", 100 * weather)
                    .run());
            store.add(new WrittenNight("vm", night)
                    .label("rack", "7")
                    .label("guest", "kvm")
                    .value("a.B.c", noisy((night < STEP_AT ? 90 : 80) * weather))
                    .run());
            store.add(new WrittenNight("other", night)
                    .label("rack", "8")
                    .value("a.B.c", noisy(90))
                    .run());
        }

        HistoryCheck check = check();

        assertThat(check.series()).as("three values and one efficiency").isEqualTo(4);
        assertThat(check.news())
                .extracting(finding -> finding.series().kind())
                .containsExactly(Kind.VALUE, Kind.EFFICIENCY);
        ChangeFinding efficiency = check.news().get(1);
        assertThat(efficiency.change().before()).isBetween(0.89, 0.91);
        assertThat(efficiency.change().after()).isBetween(0.79, 0.81);
        assertThat(check.news())
                .allSatisfy(finding ->
                        assertThat(finding.coincides()).isEqualTo("efficiency and value: hypervisor or guest"));
    }

    @Test
    void whatMovesOnANativeHostAndInItsGuestAlikeIsTheHost() throws StoreException {
        for (int night = 0; night < NIGHTS; night++) {
            double step = night < STEP_AT ? 1 : 0.9;
            store.add(new WrittenNight("metal", night)
                    .ofNative()
                    .label("rack", "7")
                    .value("a.B.c", noisy(100 * step))
                    .run());
            store.add(new WrittenNight("vm", night)
                    .label("rack", "7")
                    .label("guest", "kvm")
                    .value("a.B.c", noisy(80 * step))
                    .run());
            store.add(new WrittenNight("other", night)
                    .label("rack", "8")
                    .value("a.B.c", noisy(100))
                    .run());
        }

        assertThat(check().news())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.coincides())
                        .isEqualTo("the same benchmark on its native host or in its guests, too: the host"));
    }

    @Test
    void onlyWhatIsWantedIsLookedAtAndHandedOverInTheOrderOfFindings() throws StoreException {
        addStep("web1");
        addStep("web2");
        List<WatchedSeries> looked = new ArrayList<>();

        HistoryCheck check = HistoryCheck.of(
                store, ChangeRule.DEFAULT, series -> series.stored().host().equals("web2"), looked::add);

        assertThat(check.series()).isEqualTo(1);
        assertThat(check.findings()).extracting(ChangeFinding::series).containsExactlyElementsOf(looked);
        assertThat(looked).extracting(series -> series.stored().host()).containsExactly("web2");
    }

    @Test
    void nightsThatWereMeasuredOtherwiseAreNotCompared() throws StoreException {
        for (int night = 0; night < NIGHTS; night++) {
            boolean before = night < 20;
            store.add(new WrittenNight("web1", night)
                    .value("a.B.c", before ? "iterations 5" : "iterations 9", Map.of(), noisy(before ? 100 : 50))
                    .run());
        }

        HistoryCheck check = check();

        assertThat(check.findings()).isEmpty();
        assertThat(check.begunAnew())
                .containsExactly("web1 a.B.c: begun anew on 2026-01-21T02:00:00Z, for it is measured with iterations 9"
                        + " instead of iterations 5");
    }

    @Test
    void contaminatedNightsDoNotCountAndTheLastIsNamed() throws StoreException {
        for (int night = 0; night < NIGHTS; night++) {
            WrittenNight written = new WrittenNight("web1", night);
            store.add(
                    night > NIGHTS - 8
                            ? written.contaminated("a.B.c", 50).run()
                            : written.value("a.B.c", noisy(100)).run());
        }

        HistoryCheck check = check();

        assertThat(check.findings()).isEmpty();
        assertThat(check.gaps())
                .containsExactly("web1 2026-02-09T02:00:00Z: contaminated in 1 configuration, which do not count");
    }

    @Test
    void aHostOfWhichNothingCameWhileOthersHadTheirNightsIsAGap() throws StoreException {
        for (int night = 0; night < 5; night++) {
            store.add(new WrittenNight("web1", night).value("a.B.c", 7).run());
            if (night < 3) {
                store.add(new WrittenNight("web2", night).value("a.B.c", 7).run());
            }
        }

        assertThat(check().gaps())
                .containsExactly("web2: no night since 2026-01-03T02:00:00Z, while other hosts have theirs of"
                        + " 2026-01-05T02:00:00Z");
    }

    @Test
    void aHostThatDidNotMeasureIsAGapWithItsReasonUntilItMeasuresAgain() throws StoreException {
        store.add(new WrittenNight("web1", 0).value("a.B.c", 7).run());
        store.add(new AbsentNight("web1", WrittenNight.FIRST.plusSeconds(86_400), "exit code 3: no clock"));
        store.add(new AbsentNight("web2", WrittenNight.FIRST, "exit code 127: java: not found"));

        assertThat(check().gaps())
                .containsExactly(
                        "web1: did not measure on 2026-01-02T02:00:00Z: exit code 3: no clock; its last night is of"
                                + " 2026-01-01T02:00:00Z",
                        "web2: did not measure on 2026-01-01T02:00:00Z: exit code 127: java: not found; it has no"
                                + " night yet");

        store.add(new WrittenNight("web1", 2).value("a.B.c", 7).run());
        store.add(new WrittenNight("web2", 2).value("a.B.c", 7).run());

        assertThat(check().gaps()).isEmpty();
        assertThat(new SeriesBook(store).all(any -> true))
                .flatExtracting(WatchedSeries::excluded)
                .as("only what lies between a series' nights")
                .containsExactly(new WatchedSeries.Excluded(
                        WrittenNight.FIRST.plusSeconds(86_400), "did not measure: exit code 3: no clock", true));
    }

    @Test
    void withoutAChangeThereAreNone() throws StoreException {
        for (int night = 0; night < NIGHTS; night++) {
            store.add(new WrittenNight("web1", night)
                    .value("a.B.c", noisy(100))
                    .value("a.B.d", 7)
                    .run());
        }

        assertThat(check().findings()).isEmpty();
        assertThat(check().gaps()).isEmpty();
    }
}
