package dev.tare.cpu.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The processor's vectors of doubles: how long they are, how many registers hold them, and whether multiplying and adding
 * is one instruction, as HotSpot found out and its options allow.
 */
public final class VectorUnit {
    /** The longest vectors, but at least two lanes: a hypervisor may hide all that is longer than 64 bits. */
    public static final VectorSpecies<Double> LONGEST =
            DoubleVector.SPECIES_PREFERRED.length() > 1 ? DoubleVector.SPECIES_PREFERRED : DoubleVector.SPECIES_128;

    /**
     * Where the processor has no fused multiply-add, or a hypervisor hides it, the JVM calculates every one with
     * {@code BigDecimal}, a thousand times slower.
     */
    private static final boolean FUSED = !"false".equals(option("UseFMA"));

    private VectorUnit() {}

    /** Whether multiplying and adding is one instruction, and rounds once. */
    public static boolean isFused() {
        return FUSED;
    }

    /**
     * {@code left * right + sum}, in one instruction where there is one. HotSpot has only the form that adds into the
     * addend: a loop whose sum is the addend needs no copies.
     */
    public static DoubleVector multiplyAdd(DoubleVector left, DoubleVector right, DoubleVector sum) {
        // A constant: only one of the two is ever compiled.
        return FUSED ? left.fma(right, sum) : left.mul(right).add(sum);
    }

    /** Whether there are 32 registers of vectors, as arm64 and AVX-512 have them for every length, or only 16. */
    public static boolean hasManyRegisters() {
        String architecture = System.getProperty("os.arch", "");
        return architecture.equals("aarch64") || "3".equals(option("UseAVX"));
    }

    private static @Nullable String option(String name) {
        @Nullable HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return hotSpot == null ? null : hotSpot.getVMOption(name).getValue();
        } catch (IllegalArgumentException e) {
            // A HotSpot of another processor, or another JVM, has no such option.
            return null;
        }
    }
}
