package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * README's commands in their order, as they stand there, but on loopback and short: of every run one small benchmark. Those
 * that build are run by {@code .ci/run}.
 */
final class ReadmeIT {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern COMMAND = Pattern.compile(" {4}java -jar benchmarks\\.jar (?<rest>[^|&;<>$#]+)(#.*)?");
    private static final Pattern PORT = Pattern.compile("port (\\d+)");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String[] BRIEF =
            "--only StreamBench.copy -p arrayBytes=1m -f 1 -wi 0 -i 1 -r 500ms".split(" ");

    @TempDir
    Path folder;

    @Test
    void everyCommandDoesWhatItSays() throws Exception {
        Files.write(folder.resolve("mine.profile"), block("# mine.profile"));
        BenchmarksJar jar = new BenchmarksJar(folder);
        List<RunningProgram> services = new ArrayList<>();
        String port = "";
        int commands = 0;
        try {
            for (List<String> command : commands()) {
                commands++;
                List<String> words = new ArrayList<>(command);
                String asked = port;
                words.replaceAll(word -> word.replace("192.0.2.1", "127.0.0.1").replace(":12123", ":" + asked));
                if (words.get(0).equals("clock")) {
                    words.addAll(List.of("--port", "0"));
                    services.add(jar.start(words.toArray(String[]::new)));
                    port = services.get(0).awaitLine(PORT).group(1);
                    continue;
                }
                if (words.get(0).equals("run") && !words.contains("--plan")) {
                    words.addAll(Arrays.asList(BRIEF));
                }
                if (words.get(0).equals("campaign")) {
                    // Whole ones take minutes and other hosts, and have tests of their own.
                    words.replaceAll(word -> word.equals("hosts.yml") ? "local:3" : word);
                    words.add("--plan");
                }
                if (words.get(0).equals("inspect")) {
                    words.addAll(List.of("--seconds", "2"));
                }
                jar.run(words.toArray(String[]::new)).exits(0);
            }
        } finally {
            services.forEach(RunningProgram::close);
        }
        assertThat(commands).as("commands in README").isGreaterThanOrEqualTo(7);
        assertThat(folder.resolve("report.html")).content().contains("StreamBench.copy");
    }

    @Test
    void theNightMeasuresComparesWithTheLastAndPrunes() throws Exception {
        Path nights = Files.createDirectory(folder.resolve("nights"));
        Path old = Files.createDirectory(nights.resolve("2001-02-03"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2001-02-03T02:00:00Z")));
        BenchmarksJar jar = new BenchmarksJar(nights);
        jar.run(words("run nightly --out 2002-03-04", BRIEF)).exits(0);
        try (RunningProgram clock = jar.start("clock", "--port", "0")) {
            String port = clock.awaitLine(PORT).group(1);
            String script = String.join("\n", block("# night.sh"))
                    .replace("/srv/tare/nights", nights.toString())
                    .replace("java -jar ../benchmarks.jar", String.join(" ", jar.command()))
                    .replace("192.0.2.1:12123", "127.0.0.1:" + port + " " + String.join(" ", BRIEF));
            try (RunningProgram night = RunningProgram.start(List.of("sh", "-c", script), Map.of(), null)) {
                assertThat(night.awaitExit(LIMIT)).as(night.output()).isZero();
            }
        }

        String tonight = LocalDate.now(ZoneId.systemDefault()).toString();
        assertThat(nights.resolve(tonight + ".log")).content().contains("StreamBench.copy", "2002-03-04");
        assertThat(nights.resolve(tonight + ".md")).content().contains("StreamBench.copy", "2002-03-04", tonight);
        assertThat(nights.resolve(tonight).resolve("journal.jsonl")).content().contains("server=127.0.0.1:");
        assertThat(old).doesNotExist();
        assertThat(nights.resolve("2002-03-04")).exists();
    }

    private static String[] words(String command, String... more) {
        return Stream.concat(Stream.of(command.split(" ")), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void thePomThatItShowsIsThatOfTheExampleSuite() throws Exception {
        List<String> shown = block("<project");
        assertThat(Files.readString(Path.of("..", "docs", "example-suite", "pom.xml")))
                .endsWith(String.join("\n", shown) + "\n");
    }

    /** The words behind {@code java -jar benchmarks.jar} of every line that is a single command. */
    private static List<List<String>> commands() throws Exception {
        return Files.readAllLines(README).stream()
                .map(COMMAND::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> List.of(matcher.group("rest").strip().split(" +")))
                .toList();
    }

    /** A block's lines, from the one that begins so to the next that is not of the block, without their indentation. */
    private static List<String> block(String first) throws Exception {
        List<String> block = Files.readAllLines(README).stream()
                .dropWhile(line -> !line.startsWith("    " + first))
                .takeWhile(line -> line.isEmpty() || line.startsWith("    "))
                .map(line -> line.isEmpty() ? line : line.substring(4))
                .toList();
        int end = first.startsWith("<") ? block.lastIndexOf("</project>") + 1 : block.indexOf("");
        assertThat(end).as("lines of the block " + first).isPositive();
        return block.subList(0, end);
    }
}
