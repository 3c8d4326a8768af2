package dev.tare.campaign.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostLockTest {
    @TempDir
    Path folder;

    @Test
    void aHostIsFreeAgainWhenItsAgentEnds() throws IOException {
        HostLock.take(folder, "one").close();

        try (HostLock next = HostLock.take(folder, "two")) {
            assertThat(next).isNotNull();
        }
    }
}
