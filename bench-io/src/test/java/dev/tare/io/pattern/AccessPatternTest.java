package dev.tare.io.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessPatternTest {
    private static final int BLOCK = 8192;

    @Test
    void sequentialPositionsRunThroughTheRegionAndStartAgain() {
        Region region = new Region(4 * BLOCK, 7 * BLOCK);

        List<Long> positions = positions(new AccessPattern(new AccessSpec(BLOCK, BLOCK, 100, 0, 1), region), 4);

        assertThat(positions).containsExactly(4L * BLOCK, 5L * BLOCK, 6L * BLOCK, 4L * BLOCK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 15, 16, 17, 1000, 4097})
    void aRandomPassVisitsEveryBlockExactlyOnce(int blocks) {
        AccessPattern pattern = random(blocks, 7);

        for (int pass = 0; pass < 3; pass++) {
            assertThat(positions(pattern, blocks))
                    .containsExactlyInAnyOrderElementsOf(LongStream.range(0, blocks)
                            .map(block -> block * BLOCK)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void eachRandomPassHasItsOwnOrder() {
        AccessPattern pattern = random(64, 7);

        Set<List<Long>> orders = new HashSet<>();
        for (int pass = 0; pass < 10; pass++) {
            orders.add(positions(pattern, 64));
        }

        assertThat(orders).hasSize(10);
    }

    @Test
    void theSequenceIsTheSameOnEveryMachine() {
        // Written down once: a change of these figures makes guests and runs incomparable.
        assertThat(positions(random(1000, 1), 6).stream().map(position -> position / BLOCK))
                .containsExactly(591L, 850L, 277L, 247L, 616L, 360L);
    }

    @Test
    void randomJumpsAreSpreadEvenly() {
        AccessPattern pattern = random(1 << 14, 3);
        int[] quarters = new int[16];
        long previous = 0;
        for (int i = 0; i < 1 << 14; i++) {
            pattern.advance();
            long block = pattern.positionBytes() / BLOCK;
            quarters[(int) (4 * (previous >> 12) + (block >> 12))]++;
            previous = block;
        }

        // 1024 expected in each of the 4 x 4 transitions between quarters; five standard deviations are 160.
        assertThat(Arrays.stream(quarters).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(864, 1184));
    }

    @Test
    void aMixtureHasItsSharesOfReadsAndOfRandomPositions() {
        int blocks = 1 << 20;
        AccessPattern pattern = new AccessPattern(new AccessSpec(4096, 4096, 67, 25, 5), new Region(0, 4096L * blocks));
        int reads = 0;
        int sequential = 0;
        long nextSequential = 0;
        for (int i = 0; i < 20_000; i++) {
            pattern.advance();
            reads += pattern.isRead() ? 1 : 0;
            if (pattern.positionBytes() == nextSequential) {
                sequential++;
                nextSequential += 4096;
            }
        }

        // Binomial: five standard deviations are 332 reads and 306 sequential I/Os.
        assertThat(reads).isBetween(13_400 - 332, 13_400 + 332);
        assertThat(sequential).isBetween(15_000 - 306, 15_000 + 306);
    }

    @Test
    void alignedPositionsMayLieBetweenBlocks() {
        AccessPattern pattern = new AccessPattern(new AccessSpec(BLOCK, 4096, 100, 100, 1), new Region(0, 4 * BLOCK));

        assertThat(positions(pattern, 7))
                .containsExactlyInAnyOrder(0L, 4096L, 8192L, 12_288L, 16_384L, 20_480L, 24_576L);
    }

    @Test
    void mixedSizesHaveTheirSharesAndStayWithinTheRegion() {
        BlockSizes sizes = BlockSizes.of("4k/60:64k/30:8k/10");
        Region region = new Region(1 << 20, 3 << 20);
        AccessPattern pattern =
                new AccessPattern(new AccessSpec(sizes, 8192, 50, false, 50, Popularity.UNIFORM, 5), region);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            pattern.advance();
            counts.merge(pattern.bytes(), 1, Integer::sum);
            assertThat(pattern.positionBytes()).isBetween(region.startBytes(), region.endBytes() - pattern.bytes());
            assertThat(pattern.positionBytes() % 4096).isZero();
        }

        // Binomial: five standard deviations are 346, 324 and 212.
        assertThat(counts.keySet()).containsExactlyInAnyOrder(4096, 65_536, 8192);
        assertThat(counts.get(4096)).isBetween(12_000 - 346, 12_000 + 346);
        assertThat(counts.get(65_536)).isBetween(6000 - 324, 6000 + 324);
        assertThat(counts.get(8192)).isBetween(2000 - 212, 2000 + 212);
    }

    @Test
    void sequentialIosOfMixedSizesFollowEachOtherWithoutGaps() {
        BlockSizes sizes = BlockSizes.of("4k/50:12k/50");
        AccessPattern pattern = new AccessPattern(
                new AccessSpec(sizes, 4096, 100, false, 0, Popularity.UNIFORM, 5), new Region(0, 12 * 4096 * 100));
        long next = 0;
        for (int i = 0; i < 1000; i++) {
            pattern.advance();
            if (next + pattern.bytes() > 12 * 4096 * 100) {
                next = 0;
            }
            assertThat(pattern.positionBytes()).isEqualTo(next);
            next += pattern.bytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4k/60:64k/30", "4k:64k", "4k/60:", "4k/100:8k/0", "4k/50/50", "1k/50:4k/50", "4k/x:8k/50"})
    void mixturesWithoutMeaningAreRefused(String blockBytes) {
        assertThatThrownBy(() -> BlockSizes.of(blockBytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("blockBytes: expected a size, or sizes from 4096 bytes on with percentages")
                .hasMessageContaining("got \"" + blockBytes + "\"; pass for example -p blockBytes=4k/60:64k/40");
    }

    @Test
    void slicesOfThreadsDoNotOverlap() {
        Region whole = new Region(0, 10 * BLOCK);

        Map<Long, Integer> owners = new HashMap<>();
        for (int thread = 0; thread < 3; thread++) {
            Region slice = whole.slice(thread, 3, BLOCK);
            for (long at = slice.startBytes(); at < slice.endBytes(); at += BLOCK) {
                assertThat(owners.put(at, thread)).isNull();
            }
        }

        assertThat(owners).hasSize(9);
    }

    private static AccessPattern random(int blocks, long seed) {
        return new AccessPattern(new AccessSpec(BLOCK, BLOCK, 100, 100, seed), new Region(0, (long) blocks * BLOCK));
    }

    private static List<Long> positions(AccessPattern pattern, int count) {
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pattern.advance();
            positions.add(pattern.positionBytes());
        }
        return positions;
    }
}
