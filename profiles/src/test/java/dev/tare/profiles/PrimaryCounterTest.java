package dev.tare.profiles;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tare.report.unit.Measure;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.AuxCounters;

/**
 * The report shows and compares a benchmark by its primary counter, which it finds by the counter's name. The modules cannot see the
 * report's rule and the report cannot see the benchmarks, so that only here can it be said which counter is meant.
 */
final class PrimaryCounterTest {
    private static final Map<String, String> MEANT = Map.ofEntries(
            entry("FlopRate", "rateGflops"),
            entry("LinpackRates", "rateGflops"),
            entry("Bandwidth", "bandwidthMBps"),
            entry("IoCounters", "rateIOps"),
            // Stands beside the former, whose primary counter comes before it.
            entry("MixCounters", "readIOps"),
            entry("SocketBench.Rates", "bandwidthMBps"),
            entry("RoundTripBench.Rates", "roundTripsPerS"),
            entry("DatagramBench.Rates", "goodputMBps"),
            entry("ConnectBench.Rates", "connectionsPerS"),
            entry("TransactionRate", "transactionsPerS"),
            entry("TableRate", "bandwidthMBps"),
            // Stands beside one of the four and is never what their benchmarks are about.
            entry("CpuRates", "score"));

    @Test
    void ofReadsAndWritesTheSumIsMeant() {
        Map<String, String> units = Stream.of(
                        "readIOps", "writeIOps", "rateIOps", "readMBps", "writeMBps", "bandwidthMBps")
                .collect(Collectors.toMap(name -> name, name -> "ops/s"));

        assertThat(Measure.primary("ops/s", units, 1).name()).isEqualTo("rateIOps");
    }

    @Test
    void thePrimaryCounterOfEveryBenchmarkIsTheOneThatItsAuthorMeant() {
        Map<String, String> primary = new TreeMap<>();
        for (JavaClass counters : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(
                        "dev.tare.cpu", "dev.tare.mem", "dev.tare.io", "dev.tare.net", "dev.tare.os", "dev.tare.app")
                .that(DescribedPredicate.describe("are counters", type -> type.isAnnotatedWith(AuxCounters.class)))) {
            Map<String, String> units = counters.getMembers().stream()
                    .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                    .map(JavaMember::getName)
                    .collect(Collectors.toMap(name -> name, name -> "ops/s", (one, same) -> one));
            primary.put(
                    nameWithOuter(counters), Measure.primary("ops/s", units, 1).name());
        }

        assertThat(primary).containsExactlyInAnyOrderEntriesOf(MEANT);
    }

    /** Benchmarks of one module each have their own {@code Rates}. */
    private static String nameWithOuter(JavaClass counters) {
        return counters.getEnclosingClass()
                .filter(outer -> counters.getSimpleName().equals("Rates"))
                .map(outer -> outer.getSimpleName() + "." + counters.getSimpleName())
                .orElse(counters.getSimpleName());
    }
}
