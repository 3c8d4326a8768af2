package dev.tare.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelPathTest {
    @TempDir
    private Path folder;

    @Test
    void everyByteThatANameCanHaveGoesToAPathAndBack() {
        StringBuilder name = new StringBuilder("/");
        for (char letter = 1; letter <= 0xff; letter++) {
            name.append(letter == '/' ? "" : String.valueOf(letter));
        }
        Path path = KernelPath.of(name.toString()).orElseThrow();
        assertThat(KernelPath.bytes(path)).isEqualTo(name.toString().getBytes(StandardCharsets.ISO_8859_1));
        assertThat(path.getNameCount()).isEqualTo(1);
    }

    @Test
    void whatIsNoAbsolutePathIsNone() {
        assertThat(KernelPath.of("tmpfs")).isEmpty();
        assertThat(KernelPath.of("server:/Donn\u00e9es")).isEmpty();
        assertThat(KernelPath.of("")).isEmpty();
        assertThat(KernelPath.of("/a\0b")).isEmpty();
        assertThat(KernelPath.of("/")).contains(Path.of("/"));
        assertThat(KernelPath.of("//a//b/")).contains(Path.of("/a/b"));
    }

    @Test
    void escapesAreReadOnce() {
        assertThat(KernelPath.unescape("a\\040b\\011\\134040\\043\\351")).isEqualTo("a b\t\\040#\u00e9");
        assertThat(KernelPath.unescape("\\8 \\04 \\")).isEqualTo("\\8 \\04 \\");
    }

    @Test
    void aFolderWhoseNameTheLocaleDoesNotHaveIsReadAllTheSame() throws Exception {
        Path name = Path.of("/").relativize(KernelPath.of("/donn\u00c3\u00a9es").orElseThrow());
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("limit"), "5\n");
        assertThat(new MachineFiles(folder).text("donn\u00e9es/limit")).contains("5");
        assertThat(new MachineFiles(folder).text("donn\ufffdes/limit")).isEmpty();
    }

    @Test
    void linesEndAtLineFeedsOnly() throws Exception {
        Path table = Files.write(folder.resolve("table"), "a\rb\u0085\nc".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(KernelPath.lines(table)).containsExactly("a\rb\u0085", "c");
        assertThat(KernelPath.lines(folder.resolve("missing"))).isEmpty();
    }
}
