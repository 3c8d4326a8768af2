package dev.tare.mem.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StreamArraysTest {
    // Around every count of lanes, so that whole vectors and single elements both occur.
    private static final int[] SIZES = {1, 2, 7, 8, 9, 31, 1000, 4099};

    static Stream<Consumer<StreamArrays<?>>> passes() {
        return Stream.of(StreamArrays::copy, StreamArrays::scale, StreamArrays::add, StreamArrays::triad);
    }

    @ParameterizedTest
    @MethodSource("passes")
    void everyMakeOfKernelWritesWhatScalarsGive(Consumer<StreamArrays<?>> pass) {
        for (int size : SIZES) {
            long bytes = (long) size * HeapArrays.ELEMENT_BYTES;
            for (StreamArrays<?> arrays : List.of(
                    StreamArrays.ofLongs(bytes),
                    StreamArrays.ofDoubles(bytes),
                    new StreamArrays<>(bytes, HeapArrays.LONGS, new PlainLongKernels()),
                    new StreamArrays<>(bytes, HeapArrays.DOUBLES, new PlainDoubleKernels()))) {
                pass.accept(arrays);
                assertThatCode(arrays::check).as("%s %d", arrays.kernel(), size).doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("passes")
    void aKernelThatStopsShortIsFound(Consumer<StreamArrays<?>> pass) {
        StreamArrays<double[]> arrays =
                new StreamArrays<>(800, HeapArrays.DOUBLES, new LeavesOut<>(new PlainDoubleKernels(), 0, 1));
        pass.accept(arrays);

        assertThatThrownBy(arrays::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("element 99: expected")
                .hasMessageContaining("got -1.0");
    }

    @Test
    void aCheckWithoutAPassFails() {
        StreamArrays<?> arrays = StreamArrays.ofDoubles(800);

        assertThatThrownBy(arrays::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got none");
    }

    @Test
    void streamsSayWhichVectorsTheyUse() {
        assertThat(StreamArrays.ofLongs(8).kernel()).matches("vector-(128|256)");
        assertThat(StreamArrays.ofDoubles(8).kernel()).matches("vector-(128|256)");
    }
}
