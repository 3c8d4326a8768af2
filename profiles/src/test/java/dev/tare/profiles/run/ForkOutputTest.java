package dev.tare.profiles.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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
}
