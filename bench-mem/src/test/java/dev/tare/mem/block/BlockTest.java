package dev.tare.mem.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.mem.array.Doubles;
import dev.tare.mem.array.Longs;
import dev.tare.mem.kernel.BlockKernels;
import dev.tare.mem.kernel.Kernels;
import dev.tare.mem.kernel.PlainKernels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockTest {
    @ParameterizedTest
    @ValueSource(longs = {8, 504, 1024, 1032, 24 << 10, 3 << 20})
    void everyMakeOfKernelReadsAndWritesAllElements(long bytes) {
        for (Kernels kernels : List.of(new PlainKernels(), Kernels.fastest())) {
            for (Block<?> block : List.of(
                    new Block<>(bytes, new Longs(), kernels.longBlocks()),
                    new Block<>(bytes, new Doubles(), kernels.doubleBlocks()))) {
                block.read();
                block.read();
                assertThatCode(block::check).as("read " + kernels.name()).doesNotThrowAnyException();
            }
            for (Block<?> block : List.of(
                    new Block<>(bytes, new Longs(), kernels.longBlocks()),
                    new Block<>(bytes, new Doubles(), kernels.doubleBlocks()))) {
                block.write();
                block.write();
                assertThatCode(block::check).as("write " + kernels.name()).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aCallMovesAMebibyteOrTheBlockWhereItIsLarger() {
        BlockKernels<long[]> kernels = new PlainKernels().longBlocks();

        assertThat(new Block<>(1 << 10, new Longs(), kernels).bytesPerCall()).isEqualTo(1 << 20);
        assertThat(new Block<>(3 << 20, new Longs(), kernels).bytesPerCall()).isEqualTo(3 << 20);
    }

    @Test
    void aReadThatLeavesOutAnElementIsFound() {
        Block<long[]> block = new Block<>(1024, new Longs(), new LeavesOutTheFirst());
        block.read();

        assertThatThrownBy(block::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the sum of");
    }

    @Test
    void aWriteThatLeavesOutAnElementIsFound() {
        Block<long[]> block = new Block<>(1024, new Longs(), new LeavesOutTheFirst());
        block.write();

        assertThatThrownBy(block::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("element 0: expected 1023");
    }

    @Test
    void aReadThatChangesBetweenCallsIsFound() {
        Block<long[]> block = new Block<>(1024, new Longs(), new EverySecondTime());
        block.read();
        block.read();

        assertThatThrownBy(block::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("calls with another sum than the first: expected 0, got 1");
    }

    @Test
    void aCheckWithoutAPassFails() {
        Block<long[]> block = new Block<>(1024, new Longs(), new PlainKernels().longBlocks());

        assertThatThrownBy(block::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got none");
    }

    private static final class LeavesOutTheFirst implements BlockKernels<long[]> {
        private final BlockKernels<long[]> whole = new PlainKernels().longBlocks();

        @Override
        public long read(long[] block, int begin, int end, int passes) {
            return whole.read(block, begin + 1, end, passes);
        }

        @Override
        public void write(long[] block, int begin, int end, int passes, int firstValue) {
            whole.write(block, begin + 1, end, passes, firstValue);
        }
    }

    private static final class EverySecondTime implements BlockKernels<long[]> {
        private final BlockKernels<long[]> whole = new PlainKernels().longBlocks();
        private boolean leavesOut;

        @Override
        public long read(long[] block, int begin, int end, int passes) {
            leavesOut = !leavesOut;
            return leavesOut ? whole.read(block, begin, end, passes) : 0;
        }

        @Override
        public void write(long[] block, int begin, int end, int passes, int firstValue) {
            whole.write(block, begin, end, passes, firstValue);
        }
    }
}
