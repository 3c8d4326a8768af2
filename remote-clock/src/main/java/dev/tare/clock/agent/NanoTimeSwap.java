package dev.tare.clock.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lets the classes that JMH generates, and no others, read {@link SwappedClock}. */
final class NanoTimeSwap implements ClassFileTransformer {
    private static final String GENERATED = "_jmhTest";
    private static final String TARGET = SwappedClock.class.getName().replace('.', '/');

    private final Set<String> swapped = ConcurrentHashMap.newKeySet();

    /** Whether a class of this binary name was loaded with its clock swapped. */
    boolean hasSwapped(String className) {
        return swapped.contains(className);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (name == null || !name.endsWith(GENERATED)) {
            return null;
        }
        byte[] patched = NanoTimePatch.apply(classFile, TARGET).orElse(null);
        if (patched != null) {
            swapped.add(name.replace('/', '.'));
        }
        return patched;
    }
}
