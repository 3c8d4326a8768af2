package dev.tare.profiles;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The arrows between modules and packages. */
@AnalyzeClasses(packages = "dev.tare", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.tare.";

    @ArchTest
    static final ArchRule MACHINE_KNOWS_NONE_OF_OURS = knowsOnly("machine");

    @ArchTest
    static final ArchRule HARNESS_KNOWS_THE_MACHINE = knowsOnly("harness", "machine");

    @ArchTest
    static final ArchRule CLOCK_KNOWS_HARNESS_AND_MACHINE = knowsOnly("clock", "harness", "machine");

    @ArchTest
    static final ArchRule ISCSI_KNOWS_NONE_OF_OURS = knowsOnly("iscsi");

    @ArchTest
    static final ArchRule ISCSI_NEEDS_NO_JMH = needsNoJmh("iscsi");

    @ArchTest
    static final ArchRule CPU_KNOWS_HARNESS_AND_MACHINE = knowsOnly("cpu", "harness", "machine");

    @ArchTest
    static final ArchRule MEM_KNOWS_HARNESS_AND_MACHINE = knowsOnly("mem", "harness", "machine");

    @ArchTest
    static final ArchRule IO_KNOWS_HARNESS_MACHINE_AND_ISCSI = knowsOnly("io", "harness", "machine", "iscsi");

    @ArchTest
    static final ArchRule NET_KNOWS_HARNESS_AND_MACHINE = knowsOnly("net", "harness", "machine");

    @ArchTest
    static final ArchRule OS_KNOWS_HARNESS_AND_MACHINE = knowsOnly("os", "harness", "machine");

    @ArchTest
    static final ArchRule APP_KNOWS_HARNESS_AND_MACHINE = knowsOnly("app", "harness", "machine");

    @ArchTest
    static final ArchRule RUNS_KNOW_NONE_OF_OURS = knowsOnly("runs");

    @ArchTest
    static final ArchRule REPORT_KNOWS_RUNS = knowsOnly("report", "runs");

    @ArchTest
    static final ArchRule CAMPAIGN_KNOWS_RUNS_CLOCK_HARNESS_AND_MACHINE =
            knowsOnly("campaign", "runs", "clock", "harness", "machine");

    @ArchTest
    static final ArchRule PACKAGES_OF_CAMPAIGNS_HAVE_NO_CYCLES =
            slices().matching("dev.tare.campaign.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule HISTORY_KNOWS_RUNS_AND_REPORT = knowsOnly("history", "runs", "report");

    @ArchTest
    static final ArchRule PACKAGES_OF_HISTORY_HAVE_NO_CYCLES =
            slices().matching("dev.tare.history.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule HISTORY_NEEDS_NO_JMH = needsNoJmh("history");

    @ArchTest
    static final ArchRule REPORT_NEEDS_NO_JMH = needsNoJmh("report");

    @ArchTest
    static final ArchRule MACHINE_NEEDS_NO_JMH = needsNoJmh("machine");

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_LAUNCHER_HAVE_NO_CYCLES =
            slices().matching("dev.tare.profiles.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_ARE_CONCEPTS =
            noClasses().should().resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..impl..");

    @ArchTest
    static final ArchRule TESTS_ALONE_USE_REAL_PARTS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tare.parts..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tare.parts..");

    @ArchTest
    static void aSimpleNameStandsForOneThing(JavaClasses classes) {
        Map<String, Set<String>> byName = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                // What JMH's processor generates bears the names of its benchmarks.
                .filter(type -> !type.getPackageName().endsWith(".jmh_generated"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getName, Collectors.toCollection(TreeSet::new))));
        assertThat(byName.values().stream().filter(names -> names.size() > 1).toList())
                .as("classes of the same simple name")
                .isEmpty();
    }

    private static ArchRule knowsOnly(String module, String... others) {
        return classes()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(
                        new DescribedPredicate<JavaClass>("another module of Tare") {
                            @Override
                            public boolean test(JavaClass type) {
                                return type.getPackageName().startsWith(ROOT)
                                        && !isIn(type, module)
                                        && Arrays.stream(others).noneMatch(other -> isIn(type, other));
                            }
                        }));
    }

    private static boolean isIn(JavaClass type, String module) {
        return (type.getPackageName() + ".").startsWith(ROOT + module + ".");
    }

    private static ArchRule needsNoJmh(String module) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.openjdk.jmh..");
    }
}
