package dev.tare.profiles.plan;

import dev.tare.harness.BenchmarkCheck;
import java.util.Optional;

/** Of {@link SingleBench}: this machine has nothing for a size of 1000. */
public final class LargeSizeCheck implements BenchmarkCheck {
    @Override
    public boolean knows(String benchmark) {
        return benchmark.equals(SingleBench.class.getName() + ".one");
    }

    @Override
    public void require(Requested requested) {
        // Every size is right.
    }

    @Override
    public Optional<String> lacking(Requested requested) {
        return "1000".equals(requested.parameters().get("size"))
                ? Optional.of("size: expected a larger machine, got this one")
                : Optional.empty();
    }
}
