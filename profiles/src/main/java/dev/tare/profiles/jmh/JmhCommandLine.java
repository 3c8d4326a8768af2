package dev.tare.profiles.jmh;

import dev.tare.harness.Parameters;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.Profiler;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * A JMH command line in which profilers are spelled by their classes and sizes in bytes, however they were typed: what is the
 * same has one name in all results.
 *
 * @param options what JMH's own parser made of it
 * @param parameterNames the names given with {@code -p}, in their order
 */
public record JmhCommandLine(CommandLineOptions options, List<String> parameterNames) {
    private static final List<String> OPTIONS = List.of(
            "-bm",
            "-bs",
            "-e",
            "-f",
            "-foe",
            "-gc",
            "-h",
            "-i",
            "-jvm",
            "-jvmArgs",
            "-jvmArgsAppend",
            "-jvmArgsPrepend",
            "-l",
            "-lp",
            "-lprof",
            "-lrf",
            "-o",
            "-opi",
            "-p",
            "-prof",
            "-r",
            "-rf",
            "-rff",
            "-si",
            "-t",
            "-tg",
            "-to",
            "-tu",
            "-v",
            "-w",
            "-wbs",
            "-wf",
            "-wi",
            "-wm",
            "-wmb");

    /**
     * Parses the arguments of the launcher's own command line with JMH's parser.
     *
     * @throws CommandException with JMH's message and the nearest valid options when they are wrong
     */
    public static JmhCommandLine parse(List<String> arguments) {
        return parse("the command line", arguments, List.of());
    }

    /**
     * Parses arguments with JMH's own parser.
     *
     * @param place where they stand, for messages: {@code the command line} or a profile's line
     * @param ownOptions options beside JMH's that may be meant by a word that is no option
     * @throws CommandException with JMH's message and the nearest valid options when they are wrong
     */
    public static JmhCommandLine parse(String place, List<String> arguments, Collection<String> ownOptions) {
        try {
            List<String> names = new ArrayList<>();
            return new JmhCommandLine(
                    new CommandLineOptions(uniform(arguments, names).toArray(new String[0])), names);
        } catch (CommandLineOptionException e) {
            throw CommandException.usage(place + ", JMH option: " + e.getMessage() + nearest(arguments, ownOptions)
                    + " (java -jar benchmarks.jar -h lists JMH's options)");
        }
    }

    /** Whether it has this profiler. */
    public boolean asksFor(Class<? extends Profiler> profiler) {
        return Profilers.has(options, profiler);
    }

    /**
     * The same arguments with every {@code -prof io} spelled by its class, and {@code -p blockBytes=4k,1m} as {@code -p
     * blockBytes=4096,1048576}.
     *
     * @param names takes the names of parameters
     */
    private static List<String> uniform(List<String> arguments, List<String> names) {
        List<String> uniform = new ArrayList<>(arguments.size());
        String option = "";
        for (String argument : arguments) {
            String spelled = argument;
            if (option.equals("-p")) {
                names.add(argument.split("=", 2)[0]);
                spelled = plainSizes(argument);
            } else if (option.equals("-prof") || option.equals("--prof")) {
                spelled = Profilers.withClassName(argument);
            }
            uniform.add(spelled);
            option = argument;
        }
        return uniform;
    }

    private static String plainSizes(String parameter) {
        int equals = parameter.indexOf('=');
        String name = parameter.substring(0, Math.max(0, equals));
        if (!name.endsWith("Bytes") && !name.equals("align")) {
            return parameter;
        }
        return Arrays.stream(parameter.substring(equals + 1).split(",", -1))
                .map(size -> Parameters.size(size).stream()
                        .mapToObj(Long::toString)
                        .findFirst()
                        .orElse(size))
                .collect(Collectors.joining(",", name + "=", ""));
    }

    /** JMH takes {@code -foo} for {@code -f oo}, so its message may not name the word that is wrong. */
    private static String nearest(List<String> arguments, Collection<String> ownOptions) {
        List<String> valid = new ArrayList<>(OPTIONS);
        valid.addAll(ownOptions);
        return arguments.stream()
                .filter(argument -> argument.startsWith("-") && !valid.contains(argument))
                .findFirst()
                .map(wrong -> "; " + wrong + " is no option" + Suggestions.hint(wrong, valid))
                .orElse("");
    }
}
