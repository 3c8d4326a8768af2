package dev.tare.profiles.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForkMemoryTest {
    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource({
        "'',256",
        "-XX:MaxRAMPercentage=80,819",
        "-XX:MaxRAMPercentage=12.5,128",
        "-Xmx64m,64",
        "-Xmx2G,2048",
        "-Xmx65536k,64",
        "-Xmx67108864,64",
        "-XX:MaxHeapSize=64M,64",
        // Whatever share is asked for elsewhere.
        "-Xmx64m -XX:MaxRAMPercentage=80,64",
        "-XX:MaxRAMPercentage=80 -Xmx64m,64",
        // The last one counts.
        "-Xmx64m -Xmx32m,32",
        "-XX:MaxRAMPercentage=80 -XX:MaxRAMPercentage=50,512",
        // None of these is a largest heap.
        "-Xmxmuch -Xms16m -Xmn8m -Dsize=-Xmx64m,256",
    })
    void theHeapIsWhatTheArgumentsGiveOrAShareOfTheMemory(String arguments, long expectedMebibytes) {
        assertThat(ForkMemory.heapBytes(List.of(arguments.split(" ", -1)), 1024 * MIB) / MIB)
                .isEqualTo(expectedMebibytes);
    }
}
