package dev.tare.campaign.manage;

import dev.tare.campaign.hosts.HostEntry;
import dev.tare.harness.CommandWords;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The command that starts something on a host: the channel's words and then those of the program.
 *
 * @param jar this program's own jar
 */
record ChannelCommand(Path jar) {
    /** Commands that go on on this host, where this program's own Java and jar are. */
    private static final Set<String> WRAPPERS = Set.of(
            "taskset", "nice", "ionice", "chrt", "env", "ip", "numactl", "cgexec", "faketime", "setpriv", "unshare");

    private static final String USUAL_JAR = "benchmarks.jar";

    /** What starts an agent. */
    List<String> agent(HostEntry host) {
        List<String> words = new ArrayList<>(java(host));
        words.addAll(List.of("-jar", jar(host), "agent"));
        return command(host, words);
    }

    /** What runs a line of the shell there. */
    List<String> shell(HostEntry host, String line) {
        return command(host, List.of("sh", "-c", line));
    }

    /** Where the jar is there. */
    String jar(HostEntry host) {
        return host.jar().orElse(sharesFiles(host) ? jar.toString() : USUAL_JAR);
    }

    /** A JVM on this host gets the flags of this one, as the forks of a run do. */
    private static List<String> java(HostEntry host) {
        if (host.java().isPresent()) {
            String java = host.java().get();
            return CommandWords.split(java).orElse(List.of(java));
        }
        if (!sharesFiles(host)) {
            return List.of("java");
        }
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        return words;
    }

    private static boolean sharesFiles(HostEntry host) {
        return host.isHere() || WRAPPERS.contains(program(host));
    }

    private static String program(HostEntry host) {
        return String.valueOf(Path.of(host.channel().get(0)).getFileName());
    }

    private static List<String> command(HostEntry host, List<String> words) {
        List<String> command = new ArrayList<>(host.channel());
        // OpenSSH joins words by blanks and hands the line to a shell.
        boolean isJoined = !host.isHere() && program(host).equals("ssh");
        words.forEach(word -> command.add(isJoined ? CommandWords.quoted(word) : word));
        return command;
    }
}
