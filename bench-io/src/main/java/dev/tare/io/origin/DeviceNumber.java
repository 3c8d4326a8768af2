package dev.tare.io.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel's number of a device.
 *
 * @param major of the driver; 0 for file systems without a device
 * @param minor of the device
 */
record DeviceNumber(int major, int minor) {
    /** Of the device that a file lies on. */
    static DeviceNumber holding(Path file) throws IOException {
        return decode((long) Files.getAttribute(file, "unix:dev"));
    }

    /** Of a device node. */
    static DeviceNumber of(Path node) throws IOException {
        return decode((long) Files.getAttribute(node, "unix:rdev"));
    }

    /** Splits a {@code dev_t} as glibc's {@code gnu_dev_major} and {@code gnu_dev_minor} do. */
    static DeviceNumber decode(long dev) {
        long major = ((dev >>> 8) & 0xfff) | ((dev >>> 32) & ~0xfffL);
        long minor = (dev & 0xff) | ((dev >>> 12) & ~0xffL);
        return new DeviceNumber((int) major, (int) minor);
    }

    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
