package dev.tare.io.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.io.device.DeviceException;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** Where the JVM has no foreign-function API there is no ring that could fail. */
@EnabledForJreRange(minVersion = 22)
final class IoUringTest {
    private static final long DESCRIPTOR = 77;

    /** A kernel that gives a ring and fails the mapping of that number, 1 or 2. */
    private static final class FailingKernel implements LinuxCalls {
        private static final long MAP_PRIVATE_ANONYMOUS = 0x22;

        private final LinuxCalls real = LinuxCalls.ofThisKernel();
        private final int failingMapping;
        private final Map<Long, Long> mapped = new HashMap<>();
        private final List<Long> closed = new ArrayList<>();
        private int mappings;

        FailingKernel(int failingMapping) {
            this.failingMapping = failingMapping;
        }

        @Override
        public long call(long number, long a, long b, long c, long d, long e, long f) {
            if (number == Call.IO_URING_SETUP.number()) {
                long setUp = real.call(number, a, b, c, d, e, f);
                return setUp < 0 ? setUp : keep(setUp);
            }
            if (number == Call.MMAP.number()) {
                mappings++;
                if (mappings == failingMapping) {
                    return -12;
                }
                long address = real.call(number, a, b, c, MAP_PRIVATE_ANONYMOUS, -1, 0);
                mapped.put(address, b);
                return address;
            }
            if (number == Call.MUNMAP.number()) {
                assertThat(mapped.remove(a)).isEqualTo(b);
                return real.call(number, a, b, c, d, e, f);
            }
            assertThat(number).isEqualTo(Call.CLOSE.number());
            closed.add(a);
            return 0;
        }

        // What the kernel wrote about the ring stays; the descriptor is another, so that nobody can mistake it.
        private long keep(long setUp) {
            real.call(Call.CLOSE, setUp, 0, 0, 0, 0, 0);
            return DESCRIPTOR;
        }
    }

    @Test
    void whenTheSecondMappingFailsTheFirstAndTheDescriptorAreGivenBack() {
        FailingKernel kernel = new FailingKernel(2);

        assertThatThrownBy(() -> IoUring.open(kernel, 8))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("expected its memory to be mapped, got error 12");
        assertThat(kernel.mapped).isEmpty();
        assertThat(kernel.closed).containsExactly(DESCRIPTOR);
    }

    @Test
    void whenTheFirstMappingFailsTheDescriptorIsGivenBack() {
        FailingKernel kernel = new FailingKernel(1);

        assertThat(IoUring.refusal(kernel).orElse("")).contains("error 12 (out of memory, or of lockable memory)");
        assertThat(kernel.closed).containsExactly(DESCRIPTOR);
    }

    @Test
    void aRingThatIsClosedLeavesNothing() throws Exception {
        FailingKernel kernel = new FailingKernel(0);

        IoUring.open(kernel, 8).close();

        assertThat(kernel.mapped).isEmpty();
        assertThat(kernel.closed).containsExactly(DESCRIPTOR);
    }
}
