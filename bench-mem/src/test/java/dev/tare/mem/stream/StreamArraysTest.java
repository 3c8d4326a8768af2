package dev.tare.mem.stream;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.mem.array.Doubles;
import dev.tare.mem.array.Elements;
import dev.tare.mem.kernel.Kernels;
import dev.tare.mem.kernel.PlainKernels;
import dev.tare.mem.kernel.StreamKernels;
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
        for (Kernels kernels : List.of(new PlainKernels(), Kernels.fastest())) {
            for (ElementType type : ElementType.values()) {
                for (int size : SIZES) {
                    StreamArrays<?> arrays = type.arrays((long) size * Elements.BYTES, kernels);
                    pass.accept(arrays);
                    assertThatCode(arrays::check)
                            .as("%s %s %d", kernels.name(), type, size)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("passes")
    void aKernelThatStopsShortIsFound(Consumer<StreamArrays<?>> pass) {
        StreamArrays<double[]> arrays = new StreamArrays<>(800, new Doubles(), new StopsShort());
        pass.accept(arrays);

        assertThatThrownBy(arrays::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("element 99: expected")
                .hasMessageContaining("got -1.0");
    }

    @Test
    void aCheckWithoutAPassFails() {
        StreamArrays<?> arrays = ElementType.DOUBLE.arrays(800, new PlainKernels());

        assertThatThrownBy(arrays::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got none");
    }

    /** Leaves out the last element. */
    private static final class StopsShort implements StreamKernels<double[]> {
        private final StreamKernels<double[]> whole = new PlainKernels().doubleStreams();

        @Override
        public void copy(double[] from, double[] to, int begin, int end) {
            whole.copy(from, to, begin, end - 1);
        }

        @Override
        public void scale(double[] from, double[] to, int begin, int end) {
            whole.scale(from, to, begin, end - 1);
        }

        @Override
        public void add(double[] left, double[] right, double[] to, int begin, int end) {
            whole.add(left, right, to, begin, end - 1);
        }

        @Override
        public void triad(double[] left, double[] right, double[] to, int begin, int end) {
            whole.triad(left, right, to, begin, end - 1);
        }
    }
}
