package dev.tare.harness;

import java.lang.reflect.Constructor;
import java.util.function.Supplier;

/** The incubating module of explicit vectors, which a JVM has only when it was started for it. */
public final class VectorModule {
    private static final String NAME = "jdk.incubator.vector";

    private VectorModule() {}

    /**
     * Chooses between two implementations.
     *
     * @param seam what both implement; the vector class lies in its package
     * @param vectorClass simple name of the class that uses vectors: a name, because it is compiled apart from all that
     *     does not, and must not be loaded without the module
     * @param plain makes the other one, for a JVM without {@code --add-modules jdk.incubator.vector}
     */
    public static <T> T choose(Class<T> seam, String vectorClass, Supplier<? extends T> plain) {
        if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
            return plain.get();
        }
        String name = seam.getPackageName() + "." + vectorClass;
        try {
            Constructor<? extends T> constructor = Class.forName(name, true, seam.getClassLoader())
                    .asSubclass(seam)
                    .getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    name + ": expected it beside " + seam.getName() + ", got " + e + "; build the jar again", e);
        }
    }
}
