package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.report.comparison.Comparison;
import dev.tare.report.document.Document;
import dev.tare.report.written.Captured;
import dev.tare.report.written.WrittenResult;
import dev.tare.report.written.WrittenRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a run with random damage: they are read, or refused in words; nothing else may happen. */
final class MutatedFilesTest {
    private static final long SEED = 4711;
    private static final int TRIALS = 1500;
    private static final String[] TOKENS = {
        "null",
        "-1",
        "1e999",
        "\"NaN\"",
        "\"+INF\"",
        "{}",
        "[]",
        "[[]]",
        "\"\"",
        "true",
        "0",
        "99999999999",
        "{\"a\":1}",
        ",",
        ":",
        "}",
        "]",
        "\u0000",
        "\ud800",
        "1e-400",
        "\"thrpt\""
    };

    @TempDir
    private Path folder;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    private static WrittenResult result() {
        return WrittenResult.throughput("dev.tare.mem.StreamBench.triad")
                .param("arrayBytes", "1048576")
                .forks(10.0, 11.0)
                .counter("bandwidthMBps", "ops/s", 100.0, Double.NaN)
                .counter("responseMaxUs", "us", 3.0, Double.POSITIVE_INFINITY);
    }

    @Test
    void damagedJmhFilesAreReadOrRefused() throws Exception {
        System.out.println("seed " + SEED);
        byte[] results = ("[" + result().json() + "]").getBytes(StandardCharsets.UTF_8);
        byte[] captured = Files.readAllBytes(Captured.file("two-threads.json"));
        Path file = folder.resolve("damaged.json");
        int read = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Files.write(file, damaged(trial % 2 == 0 ? results : captured));
            read += readable(file) ? 1 : 0;
        }
        assertThat(read).isBetween(TRIALS / 100, TRIALS * 9 / 10);
    }

    @Test
    void damagedFoldersAreReadOrRefused() throws Exception {
        System.out.println("seed " + SEED);
        WrittenRun written = new WrittenRun(folder.resolve("run"))
                .results(result())
                .journalHead()
                .forks(result(), Map.of("direct", "yes", "kernel", "vector"))
                .failure(result(), 3, "no space left on device")
                .environment(Map.of("os", Map.of("name", "Linux"), "jdk", Map.of("version", "17")));
        String[] names = {"results.json", "journal.jsonl", "environment.json"};
        int read = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Path file = written.folder().resolve(names[trial % names.length]);
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, damaged(whole));
            read += readable(written.folder()) ? 1 : 0;
            Files.write(file, whole);
        }
        assertThat(read).isBetween(TRIALS / 100, TRIALS * 9 / 10);
    }

    private byte[] damaged(byte[] whole) {
        String text = new String(whole, StandardCharsets.UTF_8);
        int damages = 1 + random.nextInt(3);
        for (int damage = 0; damage < damages && !text.isEmpty(); damage++) {
            int at = random.nextInt(text.length());
            int until = Math.min(text.length(), at + random.nextInt(12));
            text = switch (random.nextInt(5)) {
                case 0 -> text.substring(0, at);
                case 1 -> text.substring(0, at) + text.substring(until);
                case 2 ->
                    text.substring(0, at)
                            + (char) random.nextInt(0x2000)
                            + text.substring(Math.min(text.length(), at + 1));
                case 3 -> replacedValue(text, at);
                default -> text.substring(0, until) + text.substring(at);
            };
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Puts another token where a value stood: the JSON stays whole more often, its shape does not. */
    private String replacedValue(String text, int near) {
        int colon = text.indexOf(':', near);
        if (colon < 0) {
            return text;
        }
        int end = colon + 1;
        while (end < text.length() && ",]}\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, colon + 1) + TOKENS[random.nextInt(TOKENS.length)] + text.substring(end);
    }

    private static boolean readable(Path path) {
        try {
            Document document = Comparison.of(Run.read(path)).document();
            assertThat(document.text(true, true)).isNotEmpty();
            assertThat(document.markdown()).isNotEmpty();
            assertThat(document.csv()).isNotEmpty();
            return true;
        } catch (UnreadableRunException refused) {
            assertThat(refused).hasMessageContaining(path.toString());
            return false;
        }
    }
}
