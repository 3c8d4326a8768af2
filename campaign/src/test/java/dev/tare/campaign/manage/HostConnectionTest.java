package dev.tare.campaign.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.campaign.manage.HostConnection.Heard;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HostConnectionTest {
    @Test
    void aChannelThatNeverAnswersEndsWithAllThatItStarted() throws Exception {
        BlockingQueue<Heard> inbox = new LinkedBlockingQueue<>();
        List<String> channel = List.of("sh", "-c", "sleep 3600; true");
        HostConnection connection = HostConnection.open("mute", channel, inbox, System::nanoTime);
        List<ProcessHandle> mute;
        do {
            mute = ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 3600"))
                    .toList();
        } while (mute.isEmpty());

        connection.close();

        assertThat(mute).allSatisfy(process -> assertThat(process.onExit()).succeedsWithin(10, TimeUnit.SECONDS));
        assertThat(inbox.take().reason()).isEqualTo("its channel has ended");
    }
}
