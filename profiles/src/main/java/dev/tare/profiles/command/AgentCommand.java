package dev.tare.profiles.command;

import dev.tare.campaign.agent.Agent;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.run.AgentForks;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "agent",
        description = "What a campaign starts on its hosts: measures what comes over standard input, and ends with it.",
        footer = {"", "It opens no port, takes no arguments, and is not started by hand."})
final class AgentCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        @SuppressWarnings("resource") // Closed at the end, in whichever way.
        AgentForks forks = new AgentForks();
        // Whatever ends this process (the end of its session, kill) ends its forks.
        Runtime.getRuntime().addShutdownHook(new Thread(forks::stopForks, "tare-end-of-agent"));
        // Standard output is the channel: nobody else may print into it.
        FileOutputStream channel = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        int code = ExitCode.UNAVAILABLE.code();
        try {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            Runnable forsaken = () -> {
                forks.stopForks();
                Runtime.getRuntime().halt(ExitCode.UNAVAILABLE.code());
            };
            if (new Agent(forks, System.in, channel, temporary, forsaken).serve()) {
                code = ExitCode.OK.code();
            }
        } catch (IOException e) {
            System.err.println("agent: " + e);
        } finally {
            forks.close();
            // A thread of JMH's that still waits for its fork must not keep this process alive.
            Runtime.getRuntime().halt(code);
        }
        return code;
    }
}
