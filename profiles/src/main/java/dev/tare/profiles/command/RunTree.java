package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.history.night.AbsentNight;
import dev.tare.profiles.cli.CommandException;
import dev.tare.runs.RunFolder;
import dev.tare.runs.campaign.Campaign;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Folders that hold runs somewhere below them. */
final class RunTree {
    private static final int DEEPEST = 8;

    private RunTree() {}

    /** The same paths, a folder that is neither run nor campaign replaced by the runs below it, by their paths. */
    static List<Path> runs(List<Path> paths) {
        List<Path> runs = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path) || RunFolder.isRun(path) || Campaign.isAt(path)) {
                runs.add(path);
                continue;
            }
            List<Path> below = below(path, RunFolder::isRun);
            // What is no run and holds none is named by who reads it.
            runs.addAll(below.isEmpty() ? List.of(path) : below);
        }
        return runs;
    }

    /** Files that say why there is no run of a night: the same paths that are such, and those below them. */
    static List<Path> absentNights(List<Path> paths) {
        return paths.stream()
                .filter(Files::exists)
                .flatMap(path -> below(path, AbsentNight::isAt).stream())
                .toList();
    }

    private static List<Path> below(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
            return all.filter(wanted).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw CommandException.unavailable(
                    "cannot look for runs below " + folder + ": " + Reasons.of(e) + "; name the runs themselves", e);
        }
    }
}
