package dev.tare.machine.linux;

import java.io.Closeable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The part of {@code java.lang.foreign} (final since JDK 22) that system calls need, found by reflection: so one class
 * file serves all JDKs, whichever of them compiled it. Nothing here runs per call but {@link #SYSCALL}
 * and {@link #LABS}, constants that compiled code calls like any method.
 */
public final class ForeignFunctions {
    /** {@code syscall(2)}: takes the place for errno (an Object), the number and six arguments. */
    static final MethodHandle SYSCALL;

    /** {@code labs(3)} in the shape of {@link #SYSCALL}: it takes the number and leaves the six arguments where they are. */
    static final MethodHandle LABS;

    /** Why there is none, or empty. */
    public static final Optional<String> MISSING;

    private static final String PACKAGE = "java.lang.foreign.";

    static {
        Optional<String> missing = unsupported();
        MethodHandle syscall = MethodHandles.empty(type());
        MethodHandle labs = syscall;
        if (missing.isEmpty()) {
            try {
                syscall = link("syscall").asType(type());
                labs = link("labs").asType(type());
            } catch (ReflectiveOperationException | RuntimeException e) {
                missing = Optional.of("the foreign-function API cannot be used: " + rootMessage(e));
            }
        }
        SYSCALL = syscall;
        LABS = labs;
        MISSING = missing;
    }

    private ForeignFunctions() {}

    private static MethodType type() {
        return MethodType.methodType(
                long.class,
                Object.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class);
    }

    private static Optional<String> unsupported() {
        int jdk = Runtime.version().feature();
        if (jdk < 22) {
            return Optional.of("JDK " + jdk + " has no foreign-function API; 22 or newer has");
        }
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.of("not Linux");
        }
        return LinuxCalls.Call.supportsThisArchitecture()
                ? Optional.empty()
                : Optional.of("architecture " + System.getProperty("os.arch"));
    }

    private static MethodHandle link(String function) throws ReflectiveOperationException {
        Class<?> linkerType = type("Linker");
        Object linker = linkerType.getMethod("nativeLinker").invoke(null);
        Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
        Object symbol = ((Optional<?>)
                        type("SymbolLookup").getMethod("find", String.class).invoke(lookup, function))
                .orElseThrow(() -> new NoSuchMethodException(function + " in the C library"));
        Object[] longs = (Object[]) Array.newInstance(type("MemoryLayout"), 7);
        Arrays.fill(longs, type("ValueLayout").getField("JAVA_LONG").get(null));
        Object descriptor = type("FunctionDescriptor")
                .getMethod("of", type("MemoryLayout"), longs.getClass())
                .invoke(null, longs[0], longs);
        Object[] options = (Object[]) Array.newInstance(type("Linker$Option"), 2);
        options[0] =
                type("Linker$Option").getMethod("firstVariadicArg", int.class).invoke(null, 1);
        options[1] = type("Linker$Option")
                .getMethod("captureCallState", String[].class)
                .invoke(null, (Object) new String[] {"errno"});
        return (MethodHandle) linkerType
                .getMethod("downcallHandle", type("MemorySegment"), type("FunctionDescriptor"), options.getClass())
                .invoke(linker, symbol, descriptor, options);
    }

    /** A memory segment that lives as long as it is used, here for errno. */
    static Object segment(ByteBuffer direct) {
        try {
            return type("MemorySegment")
                    .getMethod("ofBuffer", java.nio.Buffer.class)
                    .invoke(null, direct);
        } catch (ReflectiveOperationException e) {
            throw unexpected(e);
        }
    }

    /** The address of a direct buffer's first byte. */
    public static long address(ByteBuffer direct) {
        try {
            return (long)
                    type("MemorySegment").getMethod("address").invoke(segment(direct.slice(0, direct.capacity())));
        } catch (ReflectiveOperationException e) {
            throw unexpected(e);
        }
    }

    /**
     * Memory at an address, until it is closed; then {@code unmap} is called, and buffers of it throw.
     */
    public static MappedMemory memory(long address, long bytes, Runnable unmap) {
        try {
            Object arena = type("Arena").getMethod("ofShared").invoke(null);
            Consumer<Object> cleanup = segment -> unmap.run();
            Object segment =
                    type("MemorySegment").getMethod("ofAddress", long.class).invoke(null, address);
            Object bounded = type("MemorySegment")
                    .getMethod("reinterpret", long.class, type("Arena"), Consumer.class)
                    .invoke(segment, bytes, arena, cleanup);
            return new MappedMemory(bounded, (AutoCloseable) arena, address);
        } catch (ReflectiveOperationException e) {
            throw unexpected(e);
        }
    }

    /** A part of a segment as a little-endian buffer. */
    private static ByteBuffer slice(Object segment, long offset, long bytes) {
        try {
            Object part = type("MemorySegment")
                    .getMethod("asSlice", long.class, long.class)
                    .invoke(segment, offset, bytes);
            ByteBuffer buffer =
                    (ByteBuffer) type("MemorySegment").getMethod("asByteBuffer").invoke(part);
            return buffer.order(ByteOrder.LITTLE_ENDIAN);
        } catch (ReflectiveOperationException e) {
            throw unexpected(e);
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name);
    }

    private static String rootMessage(Exception e) {
        Throwable root = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        return root.toString();
    }

    private static IllegalStateException unexpected(ReflectiveOperationException e) {
        return new IllegalStateException("java.lang.foreign: expected the API of JDK 22, got " + rootMessage(e), e);
    }

    /** Memory mapped by a system call; its buffers throw once it is closed, instead of touching pages that are gone. */
    public static final class MappedMemory implements Closeable {
        private final Object segment;
        private final AutoCloseable arena;
        private final long address;

        MappedMemory(Object segment, AutoCloseable arena, long address) {
            this.segment = segment;
            this.arena = arena;
            this.address = address;
        }

        /** Its first byte. */
        public long address() {
            return address;
        }

        /** A part of it as a little-endian buffer. */
        public ByteBuffer slice(long offset, long bytes) {
            return ForeignFunctions.slice(segment, offset, bytes);
        }

        @Override
        public void close() {
            try {
                arena.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("unmapping memory at " + address, e);
            }
        }
    }
}
