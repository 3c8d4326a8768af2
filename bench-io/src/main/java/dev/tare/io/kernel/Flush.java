package dev.tare.io.kernel;

import dev.tare.io.device.DeviceException;

/** Makes written data durable. */
final class Flush {
    private Flush() {}

    static void now(Kernel kernel, String name, long descriptor) throws DeviceException {
        long result = kernel.call(SystemCall.FDATASYNC, descriptor, 0, 0, 0, 0, 0);
        if (result < 0) {
            throw new DeviceException(
                    "flush of " + name, "success", Kernel.error(result), "the kernel's log may say more");
        }
    }
}
