package dev.tare.io.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.device.DeviceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockContentTest {
    private static final Region REGION = new Region(1 << 20, 8 << 20);
    private static final long AT = 2 << 20;

    private final BlockContent content = new BlockContent(42, REGION);

    @ParameterizedTest
    @ValueSource(ints = {4096, 65_536, 131_072, 1 << 20})
    void aRenewedBlockIsRecognizedAndTheOneBeforeIsNot(int blockBytes) throws Exception {
        ByteBuffer block = buffer(blockBytes);
        content.fill(block, AT);
        content.verify(block, AT);
        ByteBuffer old = copy(block);

        content.renew(block, AT, block.capacity());

        content.verify(block, AT);
        content.sample(block, AT, block.capacity());
        assertThatThrownBy(() -> content.verify(old, AT))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("write 1 of this position")
                .hasMessageContaining("got write 0 of position " + AT);
    }

    /** Of 200,000 arbitrary pages about nine would. */
    @Test
    void noFirstPageShowsAMarkOfTwoBytesByWhichADeviceWouldBeTakenForAForeignOne() {
        ByteBuffer page = buffer(BlockContent.PAGE_BYTES);
        Region region = new Region(0, BlockContent.PAGE_BYTES);
        for (long seed = 0; seed < 2000; seed++) {
            BlockContent ours = new BlockContent(seed, region);
            ours.fill(page, 0);
            for (int generation = 0; generation < 100; generation++) {
                assertThat(page.getShort(508)).as("Sun, seed %d", seed).isNotEqualTo((short) 0xbeda);
                assertThat(page.getShort(510)).as("PC, seed %d", seed).isNotEqualTo((short) 0xaa55);
                assertThat(page.getShort(1080)).as("ext, seed %d", seed).isNotEqualTo((short) 0xef53);
                ours.renew(page, 0, page.capacity());
            }
        }
    }

    @Test
    void aBlockReadFromElsewhereCanBeRenewedAndWritten() throws Exception {
        ByteBuffer block = buffer(1 << 20);
        content.fill(block, 4 << 20);

        content.renew(block, AT, block.capacity());

        content.verify(block, AT);
    }

    @Test
    void whatWasDiscardedMayBeZeroOrWhatItWasUntilItIsWritten() throws Exception {
        ByteBuffer kept = buffer(8192);
        content.fill(kept, AT);
        ByteBuffer zeros = buffer(8192);
        assertThatThrownBy(() -> content.verify(zeros, AT)).hasMessageContaining("a page that is not ours");

        assertThat(content.discard(AT, 8192)).isFalse();
        assertThat(content.discard(AT + 4096, 4096)).isTrue();
        content.verify(zeros, AT);
        content.verify(kept, AT);
        zeros.putLong(4096 + 800, 1);
        assertThatThrownBy(() -> content.verify(zeros, AT))
                .hasMessageContaining("content of the page at " + (AT + 4096));

        content.renew(kept, AT, 8192);
        assertThat(content.hasDiscarded()).isFalse();
        assertThatThrownBy(() -> content.verify(buffer(8192), AT)).hasMessageContaining("a page that is not ours");
    }

    @Test
    void aBlockOfAnotherPositionIsTold() {
        ByteBuffer block = buffer(4096);
        content.fill(block, AT + 4096);

        assertThatThrownBy(() -> content.sample(block, AT, block.capacity()))
                .hasMessageContaining("got write 0 of position 2101248");
    }

    @Test
    void aBlockOfAnotherSeedIsTold() {
        ByteBuffer block = buffer(4096);
        new BlockContent(43, REGION).fill(block, AT);

        assertThatThrownBy(() -> content.sample(block, AT, block.capacity()))
                .hasMessageContaining("a page that is not ours");
    }

    @Test
    void everyFlippedBitIsFound() {
        ByteBuffer block = buffer(8192);
        content.fill(block, AT);
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            int at = random.nextInt(8192);
            byte flipped = (byte) (block.get(at) ^ 1 << random.nextInt(8));
            byte original = block.get(at);
            block.put(at, flipped);

            assertThatThrownBy(() -> content.verify(block, AT)).isInstanceOf(DeviceException.class);

            block.put(at, original);
        }
        assertThatCode(() -> content.verify(block, AT)).doesNotThrowAnyException();
    }

    @Test
    void samplesReachEveryPageOfABlock() {
        ByteBuffer block = buffer(16 * 4096);
        content.fill(block, AT);
        block.putLong(9 * 4096, 0);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 16; i++) {
                        content.sample(block, AT, block.capacity());
                    }
                })
                .isInstanceOf(DeviceException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 32_768, 131_072})
    void whatIsWrittenCannotBeCompressed(int blockBytes) {
        byte[] written = new byte[1 << 20];
        ByteBuffer block = buffer(blockBytes);
        content.fill(block, AT);
        for (int at = 0; at < written.length; at += blockBytes) {
            content.renew(block, AT + at, block.capacity());
            block.get(0, written, at, blockBytes);
        }

        assertThat(deflated(written)).isGreaterThan((int) (0.99 * written.length));
    }

    private static int deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        int size = deflater.deflate(new byte[2 * bytes.length]);
        deflater.end();
        return size;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer copy(ByteBuffer block) {
        return buffer(block.capacity()).put(0, block, 0, block.capacity());
    }
}
