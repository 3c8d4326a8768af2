package dev.tare.io.linux;

import dev.tare.io.device.DeviceException;
import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.ForeignFunctions.MappedMemory;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Buffers in memory for which the kernel is asked for huge pages.
 *
 * <p>A buffer of scattered 4 KiB pages is a list of up to 256 segments for a megabyte: more than many disks take in a
 * request, and slow to walk for all. In huge pages it is one segment.
 */
final class HugePages implements Closeable {
    private static final long HUGE_BYTES = 2 << 20;
    private static final long PROT_READ_WRITE = 3;
    private static final long MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final long MADV_HUGEPAGE = 14;

    private final MappedMemory memory;
    private final long firstBytes;
    private final int bufferBytes;

    /** Maps {@code count} buffers of {@code bufferBytes}, each on a page boundary. */
    HugePages(LinuxCalls calls, int count, int bufferBytes) throws IOException {
        this.bufferBytes = bufferBytes;
        long bytes = ((long) count * bufferBytes + HUGE_BYTES - 1) / HUGE_BYTES * HUGE_BYTES;
        long mapped = bytes + HUGE_BYTES;
        long address = calls.call(Call.MMAP, 0, mapped, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
        if (address < 0 && address > -4096) {
            throw new DeviceException(
                    "I/O buffers",
                    mapped + " bytes",
                    LinuxCalls.error(address),
                    "choose a smaller queueDepth or blockBytes");
        }
        memory = ForeignFunctions.memory(address, mapped, () -> calls.call(Call.MUNMAP, address, mapped, 0, 0, 0, 0));
        firstBytes = (HUGE_BYTES - address % HUGE_BYTES) % HUGE_BYTES;
        // Without huge pages in this kernel or at this moment the buffers work all the same.
        calls.call(Call.MADVISE, address + firstBytes, bytes, MADV_HUGEPAGE, 0, 0, 0);
    }

    ByteBuffer buffer(int index) {
        return memory.slice(firstBytes + (long) index * bufferBytes, bufferBytes);
    }

    long address(int index) {
        return memory.address() + firstBytes + (long) index * bufferBytes;
    }

    @Override
    public void close() {
        memory.close();
    }
}
