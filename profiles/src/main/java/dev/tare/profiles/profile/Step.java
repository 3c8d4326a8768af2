package dev.tare.profiles.profile;

import java.util.List;

/**
 * One line of a profile.
 *
 * @param line its number, from 1
 * @param arguments the JMH command line, split into words
 */
public record Step(int line, List<String> arguments) {
    /** Copies the arguments. */
    public Step {
        arguments = List.copyOf(arguments);
    }
}
