package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.parts.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profiler in a jar that another team has shaded, in a folder whose name has a space; clocks run at 1.5. */
@RequiresProgram(value = "faketime", debianPackage = "faketime")
class ThirdPartyJarIT {
    @TempDir
    static Path folder;

    private static ClockServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = ClockServer.start(ClockServerOptions.loopback().withPort(0));
        Files.createDirectories(folder.resolve("other team"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void jarThatNamesTheAgentIsTheAgentOfItsForks() throws Exception {
        Path jar = ShadedJar.write(folder.resolve("other team/benchmarks.jar"), true);

        JmhOutput output = work(jar).with("-v", "EXTRA").run(folder);

        assertTrueScore(output);
        assertThat(output.text()).contains("-javaagent:" + jar + "=server=");
    }

    @Test
    void jarThatNamesTheAgentWorksWithoutForks() throws Exception {
        Path jar = ShadedJar.write(folder.resolve("other team/unforked.jar"), true);

        JmhOutput output = work(jar).with("-f", "0").run(folder);

        assertTrueScore(output);
        assertThat(output.text()).contains("test runs in the host VM");
    }

    @Test
    void jarThatDoesNotNameTheAgentWorksWithForks() throws Exception {
        Path jar = ShadedJar.write(folder.resolve("other team/plain.jar"), false);

        assertTrueScore(work(jar).run(folder));
    }

    @Test
    void jarThatDoesNotNameTheAgentSaysWhyItNeedsForks() throws Exception {
        Path jar = ShadedJar.write(folder.resolve("other team/plain unforked.jar"), false);

        JmhOutput output = work(jar).with("-f", "0").run(folder);

        assertThat(output.scores()).isEmpty();
        assertThat(output.code()).isEqualTo(1);
        assertThat(output.text()).contains("this JVM was started without the agent", "Launcher-Agent-Class");
    }

    private static JmhRun work(Path jar) {
        String address = "127.0.0.1:" + server.port();
        return JmhRun.ofJar(jar)
                .atRate(1.5)
                .with("BracketedBench.work$", "-si", "false", "-p", "server=" + address)
                .profiledWith("server=" + address + ",when=always");
    }

    private static void assertTrueScore(JmhOutput output) {
        assertThat(Bracket.of(output)).singleElement().satisfies(bracket -> {
            assertThat(bracket.holds()).as(bracket.toString()).isTrue();
            assertThat(bracket.scored().number("clock.swapped")).isEqualTo(1);
        });
    }
}
