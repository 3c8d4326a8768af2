package dev.tare.io.blockstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CacheSuspicionTest {
    private static final OptionalLong MEMORY = OptionalLong.of(8_000_000_000L);

    @Test
    void directReadsWithinTheSpeedOfTheLinkRaiseNone() {
        assertThat(CacheSuspicion.of(sata(), true).reasons(1_000_000_000, MEMORY, 550e6))
                .isEmpty();
    }

    @Test
    void readsFasterThanTheLinkRaiseOne() {
        assertThat(CacheSuspicion.of(sata(), true).reasons(1_000_000_000, MEMORY, 1200e6))
                .containsExactly("1200 MB/s is more than the link of the device carries, 600 MB/s");
    }

    @Test
    void aBufferedWorkingSetThatFitsTheMemoryRaisesOne() {
        assertThat(CacheSuspicion.of(sata(), false).reasons(1_000_000_000, MEMORY, 100e6))
                .containsExactly("the working set of 1000 MB fits the page cache (8000 MB of memory)");
    }

    @Test
    void aLoopDeviceThatIsNotDirectHasThePageCacheBelow() {
        BlockStack loop =
                new BlockStack("ext4", false, List.of("loop0", "sda"), List.of(), List.of("page cache below loop0"));

        assertThat(CacheSuspicion.of(loop, true).reasons(9_000_000_000L, MEMORY, 100e6))
                .containsExactly("I/O goes through page cache below loop0");
    }

    @Test
    void withoutAReasonTheFactSaysWhatIsKnown() {
        CacheSuspicion remote =
                new CacheSuspicion(List.of(), List.of(), OptionalLong.empty(), "unknown: it is elsewhere");

        assertThat(remote.fact(16_000_000, 100e6))
                .containsExactly(Map.entry("may-have-been-cached", "unknown: it is elsewhere"));
    }

    private static BlockStack sata() {
        PhysicalDevice disk = new PhysicalDevice("sda", Map.of(), Optional.empty(), OptionalLong.of(600_000_000));
        return new BlockStack("ext4", false, List.of("sda"), List.of(disk), List.of());
    }
}
