package dev.tare.report.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
    @Test
    void aBenchmarkWithACounterIsShownInItsPhysicalUnit() {
        Quantity quantity = Quantity.primary(
                new Quantity(17598.2, "ops/ms"), Map.of("bandwidthMBps", new Quantity(72.082, "ops/ms")), 1);
        assertThat(quantity).hasToString("72082 MB/s");
    }

    @ParameterizedTest
    @CsvSource({
        "0.000013, ms/op, 13.00 ns/op",
        "1.5, s/op, 1.500 s/op",
        "1250, us/op, 1.250 ms/op",
        "90, min/op, 5400 s/op",
        "0, us/op, 0 s/op",
        "64.5, ops/us, 64500000 ops/s",
        "0.2, ns/op, 0.2000 ns/op",
        "NaN, us/op, NaN s/op",
        "12, widgets, 12.00 widgets",
    })
    void aBenchmarkWithoutACounterIsShownInAReadableUnit(double score, String unit, String shown) {
        assertThat(Quantity.primary(new Quantity(score, unit), Map.of(), 1)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0.00000001234, 1.2e-08",
        "0.0000012, 0.0000012",
        "0.01234567, 0.01235",
        "9.9999, 10.000",
        "123456.7, 123457",
        "-3.14159, -3.142",
        "Infinity, Infinity",
    })
    void fourDigitsAreShown(double value, String shown) {
        assertThat(DisplayUnit.significant(value)).isEqualTo(shown);
    }
}
