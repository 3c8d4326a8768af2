package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.MeasuredInterval.Witness;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditReportTest {
    private static final ClockAddress SERVER = new ClockAddress("192.0.2.1", 123, ClockTransport.UDP);

    @Test
    void steadyClockWithinAHundredPartsPerMillionIsSound() {
        AuditReport report = report(interval(10, 40, 1), interval(1, 38, 20), interval(1, 45, 20), interval(1, 41, 20));

        assertThat(report.verdict()).isEqualTo(AuditReport.AuditVerdict.SOUND);
        assertThat(report.lines())
                .contains(
                        "audited against       192.0.2.1:123/udp for 10 s, 0 requests lost",
                        "rate                  +40.00 ppm, known to 1.00 ppm",
                        "steps                 none above 40 us",
                        "verdict               sound: times are right to 0.0041 %");
    }

    @Test
    void readingIsCorrectedByTheRateOfTheClockThatTimedIt() {
        AuditReport report = report(interval(10, 1_000_000, 1), interval(1, 1_000_000, 20));

        assertThat(report.readNs()).isCloseTo(15, within(1e-9));
        assertThat(report.verdict()).isEqualTo(AuditReport.AuditVerdict.WRONG_RATE);
    }

    @Test
    void secondThatDepartsFromMostIsAStep() {
        AuditReport report = report(interval(3, 100, 1), interval(1, 0, 20), interval(1, 300, 20), interval(1, 0, 20));

        assertThat(report.disturbedSeconds()).isEqualTo(1);
        assertThat(report.largestStepUs()).isCloseTo(300, within(1e-9));
        assertThat(report.verdict()).isEqualTo(AuditReport.AuditVerdict.UNSTEADY);
    }

    @Test
    void secondThatIsKnownWellIsNoStepWhereTheOthersAreKnownPoorly() {
        AuditReport report =
                report(interval(3, 100, 300), interval(1, 400, 500), interval(1, 0, 5), interval(1, 410, 500));

        assertThat(report.disturbedSeconds()).isZero();
        assertThat(report.verdict()).isEqualTo(AuditReport.AuditVerdict.UNDECIDED);
    }

    @Test
    void stepBetweenTwoSlicesShowsInTheWhole() {
        AuditReport report = report(interval(10, 500, 1), interval(1, 0, 20), interval(1, 0, 20));

        assertThat(report.disturbedSeconds()).isEqualTo(1);
        assertThat(report.largestStepUs()).isCloseTo(5_000, within(1e-9));
    }

    @Test
    void readingsTooCoarseForTheRateLeaveItUndecided() {
        assertThat(report(interval(2, 0, 500), interval(1, 0, 1000)).verdict())
                .isEqualTo(AuditReport.AuditVerdict.UNDECIDED);
    }

    private static AuditReport report(MeasuredInterval whole, MeasuredInterval... slices) {
        return AuditReport.of(SERVER, whole, List.of(slices), 1, 30);
    }

    private static MeasuredInterval interval(int seconds, double ratePpm, double boundPpm) {
        long ns = seconds * 1_000_000_000L;
        return new MeasuredInterval(
                ns,
                (long) (ns * (1 + ratePpm / 1e6)),
                ns - 1000,
                ns + 1000,
                Witness.CONFIRMED,
                ClockStatus.SYNCHRONIZED,
                20_000,
                0,
                ratePpm,
                boundPpm);
    }
}
