package dev.tare.io.kernel;

import dev.tare.io.device.DeviceException;

/** What a completed I/O returned, if it is not the whole block. */
final class Outcome {
    private Outcome() {}

    static DeviceException failure(String name, boolean read, int blockBytes, long positionBytes, long result) {
        return new DeviceException(
                (read ? "read" : "write") + " of " + blockBytes + " bytes at " + positionBytes + " of " + name,
                "all of them",
                result < 0 ? Kernel.error(result) : result + " bytes",
                "is the device full, cut or gone? the kernel's log may say more");
    }
}
