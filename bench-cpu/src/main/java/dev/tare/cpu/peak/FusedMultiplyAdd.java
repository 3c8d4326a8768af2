package dev.tare.cpu.peak;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether this JVM multiplies and adds in one instruction.
 *
 * <p>Where the processor has none, or a hypervisor hides it, the JVM calculates every fused step with {@code BigDecimal}: a
 * thousand times slower, and no peak of anything.
 */
final class FusedMultiplyAdd {
    private static final String OPTION = "UseFMA";

    private FusedMultiplyAdd() {}

    /** What HotSpot found out about the processor; true on a JVM that does not tell. */
    static boolean isInHardware() {
        @Nullable HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (hotSpot == null) {
            return true;
        }
        try {
            return !hotSpot.getVMOption(OPTION).getValue().equals("false");
        } catch (IllegalArgumentException e) {
            // This HotSpot has no such option.
            return true;
        }
    }
}
