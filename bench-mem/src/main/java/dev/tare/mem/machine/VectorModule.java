package dev.tare.mem.machine;

/** Whether this JVM was started with {@code --add-modules jdk.incubator.vector}. */
public final class VectorModule {
    private static final String NAME = "jdk.incubator.vector";

    private VectorModule() {}

    /**
     * An object of a class that uses vectors, or the alternative where the module is absent.
     *
     * @param className a class of this library with a public constructor without parameters
     * @throws IllegalStateException when the module is present and the class cannot be made
     */
    public static <T> T load(Class<T> type, String className, T alternative) {
        if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
            return alternative;
        }
        try {
            return type.cast(Class.forName(className).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "expected to load " + className + " because module " + NAME + " is present, got " + e
                            + "; repackage the jar with this class in it",
                    e);
        }
    }
}
