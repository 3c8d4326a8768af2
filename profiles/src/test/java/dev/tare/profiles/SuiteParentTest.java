package dev.tare.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parent of other teams' suites inherits nothing from this project's, and must agree with it all the same. */
final class SuiteParentTest {
    @ParameterizedTest
    @CsvSource({
        "version, tare.version",
        "version, version",
        "jmh.version, jmh.version",
        "compiler-plugin.version, compiler-plugin.version",
        "shade-plugin.version, shade-plugin.version",
        "spotless-plugin.version, spotless-plugin.version",
        "maven.compiler.release, maven.compiler.release",
    })
    void versionsAgree(String ours, String theirs) throws Exception {
        assertThat(first(theirs, "suite-parent/pom.xml")).isEqualTo(first(ours, "pom.xml"));
    }

    private static String first(String element, String pom) throws IOException {
        String text = Files.readString(Path.of("..").resolve(pom));
        Matcher value = Pattern.compile("<" + Pattern.quote(element) + ">(?<value>[^<]+)<")
                .matcher(text);
        assertThat(value.find()).as(element + " in " + pom).isTrue();
        return value.group("value");
    }
}
