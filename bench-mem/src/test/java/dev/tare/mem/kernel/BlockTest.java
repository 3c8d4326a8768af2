package dev.tare.mem.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockTest {
    @ParameterizedTest
    @ValueSource(longs = {8, 504, 1024, 1032, 24 << 10, 3 << 20})
    void everyMakeOfKernelReadsAndWritesAllElements(long bytes) {
        for (Supplier<Block<?>> blocks : blocks(bytes)) {
            Block<?> read = blocks.get();
            read.read();
            read.read();
            assertThatCode(read::check).as("read " + read.kernel()).doesNotThrowAnyException();
            Block<?> written = blocks.get();
            written.write();
            written.write();
            assertThatCode(written::check).as("write " + written.kernel()).doesNotThrowAnyException();
        }
    }

    private static List<Supplier<Block<?>>> blocks(long bytes) {
        return List.of(
                () -> Block.ofLongs(bytes),
                () -> Block.ofDoubles(bytes),
                () -> new Block<>(bytes, HeapArrays.LONGS, new PlainLongKernels()),
                () -> new Block<>(bytes, HeapArrays.DOUBLES, new PlainDoubleKernels()));
    }

    @Test
    void aJvmWithTheModuleRunsVectors() {
        assertThat(Block.ofLongs(8).kernel()).matches("vector-\\d+");
        assertThat(Block.ofDoubles(8).kernel()).matches("vector-\\d+");
    }

    @Test
    void aCallMovesAMebibyteOrTheBlockWhereItIsLarger() {
        assertThat(Block.ofLongs(1 << 10).bytesPerCall()).isEqualTo(1 << 20);
        assertThat(Block.ofLongs(3 << 20).bytesPerCall()).isEqualTo(3 << 20);
    }

    @Test
    void aReadThatLeavesOutAnElementIsFound() {
        Block<long[]> block = new Block<>(1024, HeapArrays.LONGS, new LeavesOut<>(new PlainLongKernels(), 1, 0));
        block.read();

        assertThatThrownBy(block::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the sum of");
    }

    @Test
    void aWriteThatLeavesOutAnElementIsFound() {
        Block<long[]> block = new Block<>(1024, HeapArrays.LONGS, new LeavesOut<>(new PlainLongKernels(), 1, 0));
        block.write();

        assertThatThrownBy(block::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("element 0: expected 1023");
    }

    @Test
    void aReadThatChangesBetweenCallsIsFound() {
        Block<long[]> block = new Block<>(1024, HeapArrays.LONGS, new EverySecondTime());
        block.read();
        block.read();

        assertThatThrownBy(block::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("calls with another sum than the first: expected 0, got 1");
    }

    @Test
    void aCheckWithoutAPassFails() {
        Block<?> block = Block.ofLongs(1024);

        assertThatThrownBy(block::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got none");
    }

    private static final class EverySecondTime extends LeavesOut<long[]> {
        private boolean leavesOut;

        EverySecondTime() {
            super(new PlainLongKernels(), 0, 0);
        }

        @Override
        public long read(long[] block, int begin, int end, int passes) {
            leavesOut = !leavesOut;
            return leavesOut ? super.read(block, begin, end, passes) : 0;
        }
    }
}
