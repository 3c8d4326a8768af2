package dev.tare.report.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResolutionTest {
    private static double of(String label, String scoreUnit, Double... scores) {
        Measure measure = Measure.physical(label, scoreUnit, 1).orElseGet(() -> Measure.raw(label, scoreUnit));
        return measure.resolution(List.of(scores).stream().map(measure::convert).toList());
    }

    @ParameterizedTest
    @CsvSource({
        // SampleBuffer keeps ten leading bits: one nanosecond below 1024, two up to 2047, 64 from 32768 on.
        "p0.99, ns/op, 1000, 0.001",
        "p0.99, us/op, 1.5, 0.00133333",
        "load:p0.50, us/op, 40.0, 0.0016",
    })
    void jmhsPercentilesAreKnownToABucketOfItsSampleBuffer(String label, String unit, double score, double expected) {
        assertThat(of(label, unit, score, score)).isEqualTo(expected, within(1e-6));
    }

    @Test
    void percentilesOfBenchmarksAreKnownToThreeDigits() {
        assertThat(of("responseP99Us", "us", 123.4, 123.4)).isEqualTo(0.001);
        assertThat(of("responseP999Us", "us", 123.4, 125.1)).isEqualTo(0.001);
    }

    @Test
    void percentilesOfEarlierVersionsAreKnownToTheirBucketsOfThreePercent() {
        // 64511 ns is the last nanosecond of the bucket from 63488, which is 1024 ns wide.
        assertThat(of("responseP99Us", "us", 64.511, 64.511)).isEqualTo(1024 / 64511.0, within(1e-9));
        assertThat(of("responseP99Us", "us", 64.511, 64.4)).isEqualTo(0.001);
    }

    @Test
    void otherValuesAreKnownToTheirDigitsAndAtLeastFour() {
        assertThat(of("bandwidthMBps", "MB/s", 10000.0, 10000.0)).isEqualTo(0.001, within(1e-12));
        assertThat(of("bandwidthMBps", "MB/s", 1.23456, 1.23456)).isEqualTo(0.00001 / 1.23456, within(1e-12));
        assertThat(of("bandwidthMBps", "MB/s", 4.0, Math.PI)).isLessThan(1e-11);
        assertThat(of("bandwidthMBps", "MB/s", 0.0, Double.NaN)).isZero();
    }

    @Test
    void contextHasNoResolution() {
        assertThat(of("gc.count", "counts", 3.0, 3.0)).isZero();
        assertThat(of("stealPercent", "%", 3.0, 3.0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0.9683, 0.9702, '[96.8, 97.0]'",
        "0.96912, 0.96934, '[96.91, 96.93]'",
        "0.969123, 0.969129, '[96.912, 96.913]'",
        "0.9691234, 0.9691235, '[96.9, 97.0]'",
        "0.0788, 0.0812, '[7.88, 8.12]'",
        "1.5e-07, 115206947.26, '[1.5e-05, 1.2e+10]'",
    })
    void noIntervalLooksLikeAPoint(double low, double high, String shown) {
        assertThat(DisplayUnit.percentInterval(low, high)).isEqualTo(shown);
    }
}
