"""Interleaved measurements of our benchmarks and native programs: what the scripts that compare them share.

A native program measures before each measured iteration of one JVM, so that both sides see the same machine within a
few seconds, and their figures are compared in pairs. A script with this on its path uses Measurement; needs a JDK and what
the native programs need.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# Clock ticks of all processors: user, nice, system, interrupts.
BUSY_TICKS = "awk '/^cpu / {print $2 + $3 + $4 + $7 + $8}' /proc/stat"


def jdks(homes):
    """The JDKs given, or JAVA_HOME's."""
    homes = homes or [os.environ[name] for name in ["JAVA_HOME"] if name in os.environ]
    if not homes:
        raise SystemExit("expected --jdk HOME or JAVA_HOME to name a JDK, got neither")
    for home in homes:
        if not os.access(os.path.join(home, "bin/javac"), os.X_OK):
            raise SystemExit(f"expected a JDK, got {home} without bin/javac; give --jdk HOME")
    return homes


def name_of(home):
    """A JDK's name in a table, such as "JDK 17"."""
    with open(os.path.join(home, "release")) as release:
        version = next(line.split('"')[1] for line in release if line.startswith("JAVA_VERSION="))
    return "JDK " + version.split(".")[0]


class Measurement:
    """Measures with a class path that holds the benchmarks and JMH, such as benchmarks.jar."""

    def __init__(self, classpath, homes, rounds, seconds, warm_up):
        self.classpath = classpath
        self.rounds = rounds
        self.seconds = seconds
        self.warm_up = warm_up
        # So that a script that is killed stops what it has started, too: a forgotten program spoils later figures.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        self.folder = tempfile.TemporaryDirectory()
        subprocess.run([os.path.join(homes[0], "bin/javac"), "-proc:none", "--release", "17", "-cp", classpath,
                        "-d", self.folder.name, os.path.join(HERE, "Interleaved.java")], check=True)

    def measure(self, home, benchmark, native, *options, wrapper=()):
        """Runs a benchmark on a JDK, the shell command `native` before each measured iteration.

        Returns the values of the score, of each rate and profiler result for each round, and a list of the words of each line that
        the native programs have printed.
        """
        result = os.path.join(self.folder.name, "result.json")
        command = [
            *wrapper, os.path.join(home, "bin/java"), "-Djmh.ignoreLock=true", f"-Djava.io.tmpdir={self.folder.name}",
            f"-Dnative={native}", "-cp", f"{self.classpath}:{self.folder.name}", "org.openjdk.jmh.Main", benchmark + "$",
            "-f", "1", "-foe", "true", "-wi", str(self.warm_up), "-w", "1s",
            "-i", str(self.rounds), "-r", f"{self.seconds}s", "-prof", "Interleaved", "-rf", "json", "-rff", result, *options]
        output = self.run(command)
        lines = [line.split()[1:] for line in output.splitlines() if line.startswith("native ")]
        with open(result) as file:
            measured = json.load(file)[0]
        metrics = {"score": measured["primaryMetric"], **measured["secondaryMetrics"]}
        return {name: metric["rawData"][0] for name, metric in metrics.items()}, lines

    @staticmethod
    def run(command):
        """What a command prints; JMH's fork and the native program end with it, whatever ends the script."""
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
        try:
            output, errors = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        if process.returncode != 0:
            raise SystemExit(output + errors)
        return output


def spread(values):
    """Median, least and largest."""
    return f"{statistics.median(values):.0f} ({min(values):.0f}-{max(values):.0f})"


def against(ours, theirs):
    """Cells of a table: theirs, the median of the paired ratios, ours / theirs in a round, and in how many rounds ours was ahead."""
    if not theirs:
        return ["-", "-", "-"]
    if len(ours) != len(theirs):
        raise SystemExit(f"expected a native figure for each of {len(ours)} rounds, got {len(theirs)}")
    ratios = [mine / other for mine, other in zip(ours, theirs)]
    ahead = sum(ratio >= 1 for ratio in ratios)
    return [spread(theirs), f"{statistics.median(ratios):.2f}", f"{ahead} of {len(ratios)}"]


def row(*cells):
    """Prints a row of a table."""
    print("| " + " | ".join(cells) + " |", flush=True)
