package dev.tare.profiles;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between modules and packages. */
@AnalyzeClasses(packages = "dev.tare", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule CLOCK_KNOWS_NONE_OF_OURS = knowsOnly("dev.tare.clock");

    @ArchTest
    static final ArchRule CPU_KNOWS_NONE_OF_OURS = knowsOnly("dev.tare.cpu");

    @ArchTest
    static final ArchRule MEM_KNOWS_NONE_OF_OURS = knowsOnly("dev.tare.mem");

    @ArchTest
    static final ArchRule IO_KNOWS_NONE_OF_OURS = knowsOnly("dev.tare.io");

    @ArchTest
    static final ArchRule NET_KNOWS_NONE_OF_OURS = knowsOnly("dev.tare.net");

    @ArchTest
    static final ArchRule REPORT_KNOWS_RESULT_FILES_ONLY = knowsOnly("dev.tare.report");

    @ArchTest
    static final ArchRule REPORT_NEEDS_NO_JMH = noClasses()
            .that()
            .resideInAPackage("dev.tare.report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.openjdk.jmh..");

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

    private static ArchRule knowsOnly(String module) {
        return classes()
                .that()
                .resideInAPackage(module + "..")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(
                        new DescribedPredicate<JavaClass>("another module of Tare") {
                            @Override
                            public boolean test(JavaClass type) {
                                return type.getPackageName().startsWith("dev.tare.")
                                        && !(type.getPackageName() + ".").startsWith(module + ".");
                            }
                        }));
    }
}
