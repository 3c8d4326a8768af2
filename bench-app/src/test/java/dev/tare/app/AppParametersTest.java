package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.harness.BenchmarkCheck.Requested;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

final class AppParametersTest {
    private static final String BENCH = "dev.tare.app.DatabaseBench.tpcbLike";

    private final AppParameters check = new AppParameters();

    @Test
    void everyParameterOfEveryBenchmarkHasItsCheckAndItsDefaultPasses() {
        assertThat(BenchmarkList.defaultList()
                        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of()))
                .filteredOn(entry -> check.knows(entry.getUsername()))
                .hasSize(8)
                .allSatisfy(entry -> entry.getParams()
                        .orElse(Map.of())
                        .forEach((name, values) -> assertThatCode(
                                        () -> check.require(requested(Map.of(name, values[0]))))
                                .doesNotThrowAnyException()));
    }

    @ParameterizedTest
    @CsvSource({
        "scale, 0, 'scale: expected a whole number from 1 to 21474'",
        "scale, 21475, 'scale: expected a whole number from 1 to 21474'",
        "protocol, telepathy, 'protocol: expected one of prepared, extended, simple'",
        "synchronousCommit, maybe, 'synchronousCommit: expected one of on, off'",
        "ratePerS, fast, 'ratePerS: expected closed or a number'",
        "arrivals, monthly, 'arrivals: expected one of constant, poisson'",
        "tableBytes, huge, 'tableBytes: expected a positive number of bytes such as 4096, 4k, 256m or 10g or buffers'",
        "tableBytes, 1k, 'tableBytes: expected a size from 8192'",
        "database, mysql://here/x, 'database: expected embedded or jdbc:postgresql:'",
        "database, jdbc:postgresql://h/d?currentSchema=theirs, expected no currentschema in the URL",
        "seed, x, 'seed: expected a whole number'",
    })
    void aWrongValueIsRefusedWithWhatWasExpected(String name, String value, String message) {
        assertThatThrownBy(() -> check.require(requested(Map.of(name, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d?user=u&password=sesame",
        "jdbc:postgresql://h/d?user=u&PassWord=sesame",
        "jdbc:postgresql://h/d?sslpassword=sesame",
        "postgresql://h/d?password=sesame",
    })
    void aPasswordInTheUrlIsRefusedAndNotShown(String url) {
        assertThatThrownBy(() -> check.require(requested(Map.of("database", url))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("sesame");
    }

    @Test
    void theMemoryOfAServerElsewhereIsNotGuessed() {
        assertThatThrownBy(() ->
                        check.require(requested(Map.of("database", "jdbc:postgresql://h/d", "tableBytes", "disk"))))
                .hasMessageContaining("its memory is not known here");
        check.require(requested(Map.of("database", "jdbc:postgresql://h/d", "tableBytes", "1g")));
    }

    @Test
    void aServerElsewhereNeedsNoProgramsHere() {
        assertThat(check.lacking(requested(Map.of("database", "jdbc:postgresql://h/d"))))
                .isEmpty();
    }

    private static Requested requested(Map<String, String> parameters) {
        return new Requested(BENCH, parameters, 1, 1L << 30, 1L << 30);
    }
}
