package dev.tare.mem.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DoubleArraysTest {
    // Around every count of lanes, so that whole vectors and single elements both occur.
    private static final int[] SIZES = {1, 2, 7, 8, 9, 31, 1000, 4099};

    static Stream<Consumer<StreamArrays>> kernels() {
        return Stream.of(StreamArrays::copy, StreamArrays::scale, StreamArrays::add, StreamArrays::triad);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void vectorsAndPlainLoopsWriteWhatScalarsGive(Consumer<StreamArrays> kernel) {
        for (DoubleStreams implementation : List.of(new PlainDoubleStreams(), StreamKernels.onDoubles())) {
            for (int size : SIZES) {
                StreamArrays arrays = new DoubleArrays(size, implementation);
                kernel.accept(arrays);
                assertThatCode(arrays::check)
                        .as(implementation.kernelName() + " " + size)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void theTestedJvmRunsVectors() {
        assertThat(StreamKernels.onDoubles().kernelName()).startsWith("vector-");
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aKernelThatStopsShortIsFound(Consumer<StreamArrays> kernel) {
        StreamArrays arrays = new DoubleArrays(100, new StopsShort());
        kernel.accept(arrays);
        assertThatThrownBy(arrays::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at element 99: expected")
                .hasMessageContaining("got NaN");
    }

    /** Leaves out the last element. */
    private static final class StopsShort implements DoubleStreams {
        private final DoubleStreams whole = new PlainDoubleStreams();

        @Override
        public void copy(double[] from, double[] to, int begin, int end) {
            whole.copy(from, to, begin, end - 1);
        }

        @Override
        public void scale(double[] from, double[] to, double factor, int begin, int end) {
            whole.scale(from, to, factor, begin, end - 1);
        }

        @Override
        public void add(double[] left, double[] right, double[] to, int begin, int end) {
            whole.add(left, right, to, begin, end - 1);
        }

        @Override
        public void triad(double[] left, double[] right, double[] to, double factor, int begin, int end) {
            whole.triad(left, right, to, factor, begin, end - 1);
        }

        @Override
        public String kernelName() {
            return "stops-short";
        }
    }
}
