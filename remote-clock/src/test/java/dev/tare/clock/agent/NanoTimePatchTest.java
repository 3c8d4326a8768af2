package dev.tare.clock.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.profile.BracketedBench;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NanoTimePatchTest {
    private static final String TARGET = Standstill.class.getName().replace('.', '/');

    /** A clock that stands still. */
    public static final class Standstill {
        private Standstill() {}

        /** Always the same. */
        public static long nanoTime() {
            return 42;
        }
    }

    /** Reads the clock, beside constants of every size. */
    public static final class Reader {
        private Reader() {}

        static long read() {
            long wide = 0x1234_5678_9ABC_DEFL;
            double real = 1e-300;
            String words = "java/lang/System nanoTime ()J";
            return System.nanoTime() + (wide == real ? words.length() : 0) + 0 * System.currentTimeMillis();
        }
    }

    @Test
    void patchedClassReadsTheOtherClockAndKeepsItsOtherCalls() throws Exception {
        byte[] patched =
                NanoTimePatch.apply(bytes(Reader.class.getName()), TARGET).orElseThrow();

        Class<?> loaded = new ClassLoader(NanoTimePatchTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(Reader.class.getName(), patched, 0, patched.length);
            }
        }.define();
        Method read = loaded.getDeclaredMethod("read");
        read.setAccessible(true);

        assertThat(read.invoke(null)).isEqualTo(42L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"work", "workBetweenFixtures", "nothing"})
    void classesThatJmhGeneratesArePatchedAndStillVerify(String benchmark) throws Exception {
        String name = BracketedBench.class.getPackageName() + ".jmh_generated.BracketedBench_" + benchmark + "_jmhTest";
        byte[] original = bytes(name);
        byte[] patched = NanoTimePatch.apply(original, TARGET).orElseThrow();

        assertThat(patched).hasSize(original.length + TARGET.length() + 6);
        assertThat(NanoTimePatch.apply(patched, TARGET)).as("calls left").isEmpty();
    }

    @Test
    void classThatReadsNoClockIsLeftAlone() throws Exception {
        assertThat(NanoTimePatch.apply(bytes(Standstill.class.getName()), TARGET))
                .isEmpty();
    }

    @Test
    void mutatedClassFilesAreRejectedOrPatchedButNeverHang() throws Exception {
        byte[] original = bytes(Reader.class.getName());
        long seed = 20260101;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int patched = 0;
        int rejected = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] mutated =
                    Arrays.copyOf(original, random.nextInt(8) == 0 ? random.nextInt(original.length) : original.length);
            for (int flips = random.nextInt(4); flips >= 0 && mutated.length > 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            try {
                patched += NanoTimePatch.apply(mutated, TARGET).isPresent() ? 1 : 0;
            } catch (RuntimeException e) {
                rejected++;
            }
        }

        assertThat(patched).isPositive();
        assertThat(rejected).isPositive();
    }

    @Test
    void onlyGeneratedClassesAreTransformed() throws Exception {
        ClockAgent.Swap swap = new ClockAgent.Swap();
        byte[] reader = bytes(Reader.class.getName());

        assertThat(swap.transform(null, "org/example/Reader", null, null, reader))
                .isNull();
        assertThat(swap.transform(null, "org/example/jmh_generated/A_b_jmhTest", null, null, reader))
                .isNotNull();
        assertThat(swap.hasSwapped("org.example.jmh_generated.A_b_jmhTest")).isTrue();
        assertThat(swap.hasSwapped("org.example.Reader")).isFalse();
    }

    private static byte[] bytes(String className) throws IOException {
        String path = "/" + className.replace('.', '/') + ".class";
        try (InputStream file = Objects.requireNonNull(NanoTimePatchTest.class.getResourceAsStream(path), path)) {
            return file.readAllBytes();
        }
    }
}
