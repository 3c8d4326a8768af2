package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.report.comparison.Comparison;
import dev.tare.report.document.Row;
import dev.tare.runs.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peak bounds what is measured beside it, in the same rounds on the same processor. */
final class ShareOfPeakIT {
    @TempDir
    Path folder;

    @Test
    void noCalculationIsFasterThanThePeakByMoreThanChance() throws Exception {
        Path profile = Files.writeString(folder.resolve("peak.profile"), """
                FmaPeakBench -f 3 -wi 1 -w 400ms -i 2 -r 200ms
                LuSolveBench.(blocked|ejml)$ -p order=500 -f 3 -wi 2 -w 400ms -i 2 -r 200ms
                """);
        BenchmarksJar jar = new BenchmarksJar(folder);
        jar.run("run", profile.toString(), "--out", "run").exits(0);

        assertThat(jar.run("report", "run").exits(0).output()).doesNotContain("no share of the peak");
        List<Row> shares = Comparison.of(Run.read(folder.resolve("run"))).sharesOfPeak();
        assertThat(shares)
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.cells().get(0))
                        .hasValueSatisfying(cell -> assertThat(cell.forks().interval())
                                .hasValueSatisfying(
                                        share -> assertThat(share.low()).isLessThanOrEqualTo(100))));
    }
}
