package dev.tare.profiles.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.parts.RequiresProgram;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.jmh.JmhCommandLine;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlannerTest {
    /** 0.8 s for the JVM, one warm-up of 2 s and one iteration of 4 s by annotation. */
    private static final Duration FORK = Duration.ofMillis(6_800);

    @Test
    void everyCombinationOfParametersIsAConfiguration() {
        Plan plan = plan("CountBench.up");

        assertThat(plan.configurations())
                .extracting(PlannedConfiguration::title)
                .containsExactly(
                        "CountBench.up first=1 second=a",
                        "CountBench.up first=1 second=b",
                        "CountBench.up first=2 second=a",
                        "CountBench.up first=2 second=b");
    }

    @Test
    void everyRoundRunsOneForkOfEveryConfigurationThatHasForksLeft() {
        Plan plan = plan("CountBench.up -p first=1 -p second=a -f 1\nCountBench.down -p first=1 -p second=a -f 3");

        assertThat(plan.forks())
                .extracting(fork -> fork.round() + " " + fork.configuration().title())
                .containsExactly(
                        "1 CountBench.up first=1 second=a",
                        "1 CountBench.down first=1 second=a",
                        "2 CountBench.down first=1 second=a",
                        "3 CountBench.down first=1 second=a");
    }

    @Test
    void theCommandLineWinsOverTheProfileAndTheProfileOverTheAnnotations() {
        Plan plan = plan("CountBench.up -p first=7 -p second=a -f 4 -i 1", "-f", "5", "-p", "first=8");

        PlannedConfiguration only = plan.configurations().get(0);
        assertThat(only.params()).containsEntry("first", "8").containsEntry("second", "a");
        assertThat(only.forks()).isEqualTo(5);

        assertThat(only.duration().iterations()).isEqualTo(FORK);
        assertThat(plan.duration()).isEqualTo(FORK.multipliedBy(5));
    }

    @Test
    void aForkIsRunForExactlyItsConfiguration() {
        PlannedConfiguration configuration =
                plan("CountBench.up -p first=2 -p second=b").configurations().get(0);

        assertThat(configuration.fork().getIncludes()).containsExactly("^\\Qdev.tare.profiles.plan.CountBench.up\\E$");
        assertThat(configuration.fork().getForkCount().get()).isEqualTo(1);
        assertThat(configuration.fork().getParameter("second").get()).containsExactly("b");
        assertThat(configuration.fork().shouldFailOnError().get()).isTrue();
    }

    @Test
    void everyModeIsAConfigurationOfItsOwn() {
        assertThat(plan("CountBench.up -p first=1 -p second=a -bm thrpt,ss").configurations())
                .extracting(configuration -> configuration.identity().toString())
                .containsExactly(
                        "dev.tare.profiles.plan.CountBench.up thrpt first=1 second=a",
                        "dev.tare.profiles.plan.CountBench.up ss first=1 second=a");
    }

    @Test
    void onlyKeepsWhatItFinds() {
        Plan plan = Planner.plan(
                Profile.parse("mine", "CountBench -p first=1"),
                JmhCommandLine.parse(List.of()),
                Pattern.compile("down.*second=b"));

        assertThat(plan.configurations())
                .extracting(PlannedConfiguration::title)
                .containsExactly("CountBench.down first=1 second=b");
    }

    @Test
    void anUnknownParameterIsRefusedWithItsPlaceAndTheNearestName() {
        assertThatThrownBy(() -> plan("CountBench\nCountBench.up -p frist=1"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("did you mean first?");
        assertThatThrownBy(() -> plan("CountBench.up", "-p", "secnod=a"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the command line")
                .hasMessageContaining("did you mean second?");
    }

    @Test
    void anOptionThatJmhRefusesIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> plan("CountBench\nCountBench.up -f one"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LuSolveBench.ejml -p order=0 | order: expected a whole number from 1 to",
                "LuSolveBench.ejml -p order=10,-5 | order: expected a whole number from 1 to",
                "LuSolveBench.blocked -p order=2000000 | order: expected a whole number from 1 to",
                "LuSolveBench.blocked -p order=99999999999999999999 | order: expected a whole number from 1 to",
                "StreamBench.triad -p arrayBytes=-8 | arrayBytes: expected",
                "StreamBench.triad -p arrayBytes=4611686018427387904 | arrayBytes: expected a positive number of bytes",
                "BlockBench.intRead -p blockBytes=0 | blockBytes: expected",
                "LatencyBench.load -p blockBytes=much | blockBytes: expected",
                "FileBench.randomRead -p blockBytes=100 | 4096",
                "FileBench.randomRead -p blockBytes=4x | blockBytes: expected a number of bytes",
                "FileBench.randomRead -p queueDepth=0 | queueDepth: expected a whole number from 1 to 256, got",
                "FileBench.randomRead -p sizeBytes=0 | sizeBytes: expected",
                "FileBench.mixed -p readPercent=101 | readPercent: expected a whole number from 0 to 100, got",
                "IscsiBench.mixed -p randomPercent=most | randomPercent: expected a whole number",
                "SocketBench.send -p messageBytes=0 | messageBytes: expected a number of bytes from 1 to",
                "LuSolveBench.ejml -p order=3000 -jvmArgsAppend -Xmx64m | its JVM has at most 64 MiB; pass",
                "LuSolveBench.ejml -p order=1000 -jvmArgsAppend -Xmx256m -t 20 | its JVM has at most 256 MiB",
                "LuSolveBench.blockedParallel -p order=3000 -jvmArgs -Xmx64m | its JVM has at most 64 MiB",
                "LinpackBench.rolled -p arraySize=4000 -jvmArgsAppend -Xmx64m | its JVM has at most 64 MiB",
                "StreamBench.triad -p arrayBytes=67108864 -jvmArgsPrepend -Xmx64m | its JVM has at most 64 MiB",
                "BlockBench.intRead -p blockBytes=8388608 -jvmArgsAppend -Xmx128m -t 20 | its JVM has at most 128 MiB",
                "LatencyBench.load$ -p blockBytes=67108864 -jvmArgsPrepend -Xmx64m | its JVM has at most 64 MiB",
                "RoundTripBench.udp -p messageBytes=65508 | messageBytes: expected a number of bytes from 1 to",
                "DatagramBench -p offeredMBps=-1 | offeredMBps: expected unlimited or a number",
                "ConnectBench -p peer=nowhere | peer: expected HOST:PORT"
            })
    void aParameterThatItsBenchmarkWouldRefuseIsRefusedWithItsPlace(String line, String message) {
        assertThatThrownBy(() -> plan("CountBench.up\n" + line))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("profile mine, line 2: ")
                .hasMessageContaining(message);
    }

    @Test
    void aParameterOfTheCommandLineIsRefusedWhereItMeetsItsBenchmark() {
        assertThatThrownBy(() -> plan("CountBench.up\nLuSolveBench.ejml -p order=10", "-p", "order=0"))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("profile mine, line 2: LuSolveBench.ejml: order: expected");
    }

    @Test
    void aConfigurationThatOnlyLeavesOutIsNotChecked() {
        Plan plan = Planner.plan(
                Profile.parse("mine", "LuSolveBench.ejml -p order=0,10"),
                JmhCommandLine.parse(List.of()),
                Pattern.compile("order=10"));

        assertThat(plan.configurations())
                .extracting(PlannedConfiguration::title)
                .containsExactly("LuSolveBench.ejml order=10");
    }

    @Test
    void aFilterThatFindsNothingIsRefused() {
        assertThatThrownBy(() -> plan("NoSuchBench"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("NoSuchBench");
    }

    @Test
    void twoStepsThatMeasureTheSameAreRefused() {
        assertThatThrownBy(() -> plan("CountBench.up\nCountBench.up -p first=1"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("by an earlier line already");
    }

    @Test
    void aSecondProfileOnTheCommandLineIsRefused() {
        assertThatThrownBy(() -> plan("CountBench", "nightly"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("--only");
    }

    @Test
    void filesOfJmhAreRefusedBecauseARunHasItsOwn() {
        assertThatThrownBy(() -> plan("CountBench", "-rff", "x.json"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("leave them out");
    }

    @Test
    void parametersAtTheirOnlyDefaultAreNotShown() {
        assertThat(plan("CountBench.up -p first=1 -p second=a")
                        .configurations()
                        .get(0)
                        .title())
                .isEqualTo("CountBench.up first=1 second=a");
        assertThat(plan("SingleBench").configurations().get(0).title()).isEqualTo("SingleBench.one");
        assertThat(plan("SingleBench -p size=5").configurations().get(0).title())
                .isEqualTo("SingleBench.one size=5");
    }

    @Test
    void runsWithoutForksAreRefused() {
        assertThatThrownBy(() -> plan("CountBench -f 0"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("at least one fork");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "nightly", "paper"})
    void everyStepOfABuiltInProfileFindsItsBenchmarksAndParameters(String name) {
        Plan plan = Planner.plan(Profile.find(name), JmhCommandLine.parse(List.of()), Pattern.compile(""));

        assertThat(plan.configurations())
                .extracting(PlannedConfiguration::benchmark)
                .anyMatch(benchmark -> benchmark.startsWith("dev.tare.cpu."))
                .anyMatch(benchmark -> benchmark.startsWith("dev.tare.mem."))
                .anyMatch(benchmark -> benchmark.startsWith("dev.tare.io."))
                .anyMatch(benchmark -> benchmark.startsWith("dev.tare.net."));
    }

    @Test
    void whatCannotRunHereIsLeftOutOfBuiltInProfilesAndSaidAndRefusedInAUsersOwn() {
        Plan plan = Planner.plan(
                Profile.find("nightly"), JmhCommandLine.parse(List.of()), Pattern.compile("nullCall|nanoTime"));

        if (ForeignFunctions.MISSING.isPresent()) {
            assertThat(plan.configurations()).hasSize(1);
            assertThat(plan.leftOut())
                    .singleElement()
                    .asString()
                    .startsWith("SyscallBench.nullCall: expected a JVM that makes system calls")
                    .contains(ForeignFunctions.MISSING.get());
            assertThatThrownBy(() -> plan("SyscallBench.nullCall"))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("line 1: SyscallBench.nullCall: expected a JVM that makes system calls");
        } else {
            assertThat(plan.configurations()).hasSize(2);
            assertThat(plan.leftOut()).isEmpty();
            assertThat(plan("SyscallBench.nullCall").configurations()).hasSize(1);
        }
    }

    @Test
    @RequiresProgram(value = "pg_lsclusters", debianPackage = "postgresql")
    void theApplicationProfileIsOfDatabases() {
        Plan plan = Planner.plan(Profile.find("application"), JmhCommandLine.parse(List.of()), Pattern.compile(""));

        assertThat(plan.configurations())
                .extracting(PlannedConfiguration::benchmark)
                .allMatch(benchmark -> benchmark.startsWith("dev.tare.app.DatabaseBench."));
        assertThat(plan.duration()).isBetween(Duration.ofMinutes(7), Duration.ofMinutes(15));
    }

    @Test
    void whatThisMachineLacksSomethingForIsRefusedInAUsersOwnProfile() {
        assertThat(plan("SingleBench -p size=5").leftOut()).isEmpty();
        assertThatThrownBy(() -> plan("SingleBench -p size=5,1000"))
                .hasMessage("profile mine, line 1: SingleBench.one: size: expected a larger machine, got this one")
                .asInstanceOf(InstanceOfAssertFactories.type(CommandException.class))
                .extracting(CommandException::exitCode)
                .isEqualTo(ExitCode.UNAVAILABLE);
    }

    private static Plan plan(String profile, String... options) {
        return Planner.plan(
                Profile.parse("mine", profile), JmhCommandLine.parse(List.of(options)), Pattern.compile(""));
    }
}
