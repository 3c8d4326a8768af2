package dev.tare.profiles.jmh;

import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The file of {@code -rf} and {@code -rff}, as JMH writes it. JMH's own writer prints and does not ask whether that worked: on a full
 * disk it leaves half a file, says that the result is saved, and exits with 0.
 */
final class ResultFile {
    private final Path path;
    private final ResultFormatType type;

    private ResultFile(Path path, ResultFormatType type) {
        this.path = path;
        this.type = type;
    }

    /**
     * The file that these options ask for; empty when they ask for none.
     *
     * @throws CommandException when it cannot be written, which is better known before anything is measured
     */
    static Optional<ResultFile> asked(Options options) {
        if (!options.getResult().hasValue() && !options.getResultFormat().hasValue()) {
            return Optional.empty();
        }
        ResultFormatType type = options.getResultFormat().orElse(Defaults.RESULT_FORMAT);
        String name = options.getResult()
                .orElse(Defaults.RESULT_FILE_PREFIX + "." + type.name().toLowerCase(Locale.ROOT));
        Path path = Path.of(name);
        try {
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "-rff: expected a file that can be written, got " + path + ": " + Reasons.of(e), e);
        }
        return Optional.of(new ResultFile(path, type));
    }

    /** The same options without the file, for a runner that is not to write it. */
    static Options withoutFile(Options options) {
        return new OverlaidOptions(options, new OptionsBuilder().build());
    }

    /**
     * Writes what was measured.
     *
     * @throws CommandException when that fails; then the results stand in a temporary file or on the console
     */
    void write(Collection<RunResult> results, OutputFormat console) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(type, out).writeOut(results);
        }
        try {
            Files.write(path, bytes.toByteArray());
            console.println("");
            console.println("Benchmark result is saved to " + path);
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "-rff: the results could not be written to " + path + ": " + Reasons.of(e) + "; they stand "
                            + rescued(bytes, console),
                    e);
        }
    }

    private static String rescued(ByteArrayOutputStream results, OutputFormat console) {
        try {
            Path file = Files.createTempFile("jmh-result-", "");
            Files.write(file, results.toByteArray());
            return "in " + file;
        } catch (IOException noRoomThereEither) {
            console.println(results.toString(StandardCharsets.UTF_8));
            return "above, in what JMH printed";
        }
    }
}
