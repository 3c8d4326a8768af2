package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MappedFileTest {
    private static final long WINDOW_BYTES = 1 << 30;

    @TempDir
    Path folder;

    @Test
    void aBlockAcrossTwoWindowsIsWrittenAndReadWhole() throws Exception {
        Path path = folder.resolve("sparse");
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            Transfer mapped = MappedFile.of(channel, "sparse", WINDOW_BYTES + 8192, true, (positionBytes, bytes) -> {});
            ByteBuffer written = Transfer.buffers(1, 16_384, 4096)[0];
            for (int i = 0; i < written.capacity(); i++) {
                written.put(i, (byte) ((i * 31) >> 3));
            }
            mapped.write(written, WINDOW_BYTES - 8192, 12_288);
            mapped.flush();

            ByteBuffer read = Transfer.buffers(1, 12_288, 4096)[0];
            mapped.read(read, WINDOW_BYTES - 8192, 12_288);
            assertThat(read).isEqualTo(written.duplicate().clear().limit(12_288));
            ByteBuffer byChannel = ByteBuffer.allocate(12_288);
            channel.read(byChannel, WINDOW_BYTES - 8192);
            assertThat(byChannel.flip()).isEqualTo(read);
            assertThat(channel.size()).isEqualTo(WINDOW_BYTES + 8192);
        }
    }
}
