package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

final class VectorModuleTest {
    @Test
    void withoutTheModuleTheVectorClassIsNotEvenLookedFor() {
        assertThat(VectorModule.choose(IntSupplier.class, "NoSuchClass", () -> () -> 7)
                        .getAsInt())
                .isEqualTo(7);
    }
}
