package dev.tare.os;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.ForeignFunctions.MappedMemory;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages of memory of a process's own that are small whatever the kernel thinks of huge ones. Used by one thread. */
final class AnonymousPages {
    private static final long PROT_READ = 1;
    private static final long PROT_READ_WRITE = 3;
    private static final long MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final long MADV_DONTNEED = 4;
    private static final long MADV_NOHUGEPAGE = 15;
    private static final Pattern PAGE_KIB = Pattern.compile("(?m)^KernelPageSize:\\s*(\\d{1,6}) kB$");
    private static final Pattern MAPPING = Pattern.compile("(?m)^([0-9a-f]{1,15})-([0-9a-f]{1,15}) (\\S{4}) ");

    private final LinuxCalls calls = LinuxCalls.ofThisKernel();
    private final long adviseNumber = Call.MADVISE.number();
    private final long protectNumber = Call.MPROTECT.number();
    private final int pageBytes = readPageBytes();
    private final MappedMemory memory;
    private final long address;
    private final long bytes;

    /** Maps so many pages, which have no memory yet. */
    AnonymousPages(int count) {
        bytes = (long) count * pageBytes;
        address = calls.call(Call.MMAP, 0, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
        if (address < 0 && address > -4096) {
            throw new IllegalStateException(
                    bytes + " bytes: expected them to be mapped, got " + LinuxCalls.error(address) + "; free memory");
        }
        memory = ForeignFunctions.memory(address, bytes, () -> calls.call(Call.MUNMAP, address, bytes, 0, 0, 0, 0));
        // A kernel without huge pages refuses, and has what is wanted.
        calls.call(adviseNumber, address, bytes, MADV_NOHUGEPAGE, 0, 0, 0);
    }

    private static int readPageBytes() {
        Matcher kib = PAGE_KIB.matcher(
                MachineFiles.ofThisMachine().text("proc/self/smaps").orElse(""));
        if (!kib.find()) {
            throw new IllegalStateException("page size: expected KernelPageSize in /proc/self/smaps, got none;"
                    + " this needs a Linux kernel that tells it");
        }
        return Integer.parseInt(kib.group(1)) << 10;
    }

    int pageBytes() {
        return pageBytes;
    }

    /** All of them, until it is closed. */
    MappedMemory memory() {
        return memory;
    }

    /** Gives their memory back to the kernel; whoever touches them next gets other memory, full of zeros. */
    void giveBack() {
        require("madvise", calls.call(adviseNumber, address, bytes, MADV_DONTNEED, 0, 0, 0));
    }

    /** Lets them be read only, or written as well. */
    void protect(boolean writable) {
        require("mprotect", calls.call(protectNumber, address, bytes, writable ? PROT_READ_WRITE : PROT_READ, 0, 0, 0));
    }

    /** What may be done with them by {@code /proc/self/maps}, such as {@code rw-p}; empty where they cannot be found. */
    Optional<String> permissions() {
        // Mappings of the same kind beside each other are one: it may begin before ours.
        return MAPPING.matcher(
                        MachineFiles.ofThisMachine().text("proc/self/maps").orElse(""))
                .results()
                .filter(found -> Long.parseUnsignedLong(found.group(1), 16) <= address
                        && address < Long.parseUnsignedLong(found.group(2), 16))
                .map(found -> found.group(3))
                .findFirst();
    }

    private static void require(String call, long result) {
        if (result != 0) {
            throw new IllegalStateException(call + ": expected 0, got " + LinuxCalls.error(result));
        }
    }
}
