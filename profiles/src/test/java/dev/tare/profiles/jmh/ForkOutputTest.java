package dev.tare.profiles.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

final class ForkOutputTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void factsAreCollectedAndEverythingGoesToTheLog() {
        PrintStream before = System.out;
        try (ForkOutput output = ForkOutput.redirect(new PrintStream(log, true, StandardCharsets.UTF_8))) {
            System.out.print("# fact dir");
            System.out.print("ect: no\n# fact direct: yes, ext4\r\nplain # fact a: b\n");
            System.err.println("# fact file-system: ext4");

            assertThat(output.facts()).containsEntry("direct", "yes, ext4").containsEntry("file-system", "ext4");
            assertThat(output.facts()).hasSize(2);
        }
        assertThat(System.out).isSameAs(before);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("plain # fact a: b")
                .contains("file-system");
    }

    @Test
    void whatGoesPastSystemOutAndALineWithoutItsEndAreCollectedToo() throws Exception {
        PrintStream to = new PrintStream(log, true, StandardCharsets.UTF_8);
        try (ForkOutput output = ForkOutput.redirect(to)) {
            OutputFormat format = output.listening(OutputFormatFactory.createFormatInstance(to, VerboseMode.NORMAL));
            System.out.print("# fact file-");
            System.err.println("# fact direct: no");
            for (byte b :
                    "# fact clock: remote 192.0.2.1:12123\n# iteration {\"iteration\":1}\n# histogram readResponse: HISTFAAA+/==\n# histogram no: *\n# fact last: un"
                            .getBytes(StandardCharsets.UTF_8)) {
                format.write(b);
            }
            System.out.println("system: ext4");

            assertThat(output.facts())
                    .containsEntry("clock", "remote 192.0.2.1:12123")
                    .containsEntry("direct", "no")
                    .containsEntry("file-system", "ext4")
                    .containsEntry("last", "un");
            assertThat(output.iterations()).containsExactly("{\"iteration\":1}");
            assertThat(output.histograms()).containsExactly(Map.entry("readResponse", "HISTFAAA+/=="));
        }
    }

    @Test
    void aLineThatJmhHasBegunIsEndedBeforeTheForkHasItsSay() throws Exception {
        PrintStream to = new PrintStream(log, true, StandardCharsets.UTF_8);
        try (ForkOutput output = ForkOutput.redirect(to)) {
            OutputFormat format = output.listening(OutputFormatFactory.createFormatInstance(to, VerboseMode.NORMAL));
            format.print("Iteration   1: ");
            format.write("# fact huge-pages: 44 of 74 MiB\n".getBytes(StandardCharsets.UTF_8));
            System.err.println("WARNING: a word of the JVM");
            format.println("306.3 ops/s");
            format.print("Iteration   2: ");
            System.out.println("the fork dies");

            assertThat(output.facts()).containsEntry("huge-pages", "44 of 74 MiB");
        }
        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Iteration   1: 306.3 ops/s",
                        "# fact huge-pages: 44 of 74 MiB",
                        "WARNING: a word of the JVM",
                        "Iteration   2: ",
                        "the fork dies");
    }
}
