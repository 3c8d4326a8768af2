package dev.tare.mem.ramspeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RamspeedTableTest {
    private final RamspeedTable table = new RamspeedTable();

    @Test
    void blocksAreInTheOrderOfMarksAndSizes() {
        block("floatRead", 2048, 14.5);
        block("intRead", 1024, 13);
        block("intWrite", 33554432, 12);
        block("intWrite", 1024, 4869.956);

        assertThat(table.render()).isEqualTo("""
                        INTEGER & WRITING        1 Kb block: 4869.96 MB/s
                        INTEGER & WRITING    32768 Kb block: 12.00 MB/s

                        INTEGER & READING        1 Kb block: 13.00 MB/s

                        FL-POINT & READING        2 Kb block: 14.50 MB/s

                        """);
    }

    @Test
    void theFourKernelsAreAveraged() {
        int rate = 1000;
        for (String type : List.of("DOUBLE", "LONG")) {
            for (String kernel : List.of("triad", "add", "scale", "copy")) {
                assertThat(table.add(
                                "dev.tare.mem.StreamBench." + kernel,
                                Map.of("elementType", type, "arrayBytes", "auto"),
                                rate++))
                        .isTrue();
            }
        }

        // (1000 + 1001 + 1002 + 1003) / 4 = 1001.5
        assertThat(table.render()).isEqualTo("""
                        INTEGER   Copy:      1007.00 MB/s
                        INTEGER   Scale:     1006.00 MB/s
                        INTEGER   Add:       1005.00 MB/s
                        INTEGER   Triad:     1004.00 MB/s
                        ---
                        INTEGER   AVERAGE:   1005.50 MB/s

                        FL-POINT  Copy:      1003.00 MB/s
                        FL-POINT  Scale:     1002.00 MB/s
                        FL-POINT  Add:       1001.00 MB/s
                        FL-POINT  Triad:     1000.00 MB/s
                        ---
                        FL-POINT  AVERAGE:   1001.50 MB/s

                        """);
    }

    @Test
    void anIncompleteFourHasNoAverage() {
        table.add("dev.tare.mem.StreamBench.copy", Map.of("elementType", "LONG", "arrayBytes", "auto"), 7);

        assertThat(table.render()).isEqualTo("INTEGER   Copy:      7.00 MB/s\n\n");
    }

    @Test
    void otherBenchmarksAreLeftOut() {
        assertThat(table.add("dev.tare.mem.LatencyBench.load", Map.of("blockBytes", "4096"), 1))
                .isFalse();
        assertThat(table.add("dev.tare.io.FileBench.sequentialRead", Map.of("blockBytes", "4096"), 1))
                .isFalse();
        assertThat(table.render()).isEmpty();
    }

    private void block(String method, long blockBytes, double rate) {
        assertThat(table.add(
                        "dev.tare.mem.BlockBench." + method, Map.of("blockBytes", Long.toString(blockBytes)), rate))
                .isTrue();
    }
}
