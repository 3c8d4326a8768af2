package dev.tare.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.io.origin.Leaf;
import dev.tare.io.origin.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CacheDoubtTest {
    private static final OptionalLong MEMORY = OptionalLong.of(8_000_000_000L);

    @Test
    void directReadsWithinTheSpeedOfTheLinkRaiseNone() {
        assertThat(CacheDoubt.of(sata(), true, 1_000_000_000, MEMORY, 550e6)).isEmpty();
    }

    @Test
    void readsFasterThanTheLinkRaiseOne() {
        assertThat(CacheDoubt.of(sata(), true, 1_000_000_000, MEMORY, 1200e6))
                .containsExactly("1200 MB/s is more than the link of the device carries, 600 MB/s");
    }

    @Test
    void aBufferedWorkingSetThatFitsTheMemoryRaisesOne() {
        assertThat(CacheDoubt.of(sata(), false, 1_000_000_000, MEMORY, 100e6))
                .containsExactly("the working set of 1000 MB fits the page cache (8000 MB of memory)");
    }

    @Test
    void aLoopDeviceThatIsNotDirectHasThePageCacheBelow() {
        Origin loop = new Origin("ext4", false, List.of("loop0", "sda"), List.of(), List.of("page cache below loop0"));

        assertThat(CacheDoubt.of(loop, true, 9_000_000_000L, MEMORY, 100e6))
                .containsExactly("I/O goes through page cache below loop0");
    }

    private static Origin sata() {
        Leaf disk = new Leaf("sda", Map.of(), Optional.empty(), OptionalLong.of(600_000_000));
        return new Origin("ext4", false, List.of("sda"), List.of(disk), List.of());
    }
}
