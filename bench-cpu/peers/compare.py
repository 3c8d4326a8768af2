#!/usr/bin/env python3
"""Compares bench-cpu with native peers: both sides are interleaved on the same pinned cores.

Needs gcc, Debian's libopenblas-dev, and the packaged benchmarks.jar. Prints a Markdown table: the medians of all rounds in
GFLOP/s by wall time and by CPU time, the median of the paired ratios (ours / theirs in a round) and, in brackets, the
middle half of them. On a noisy machine the ratios by CPU time are the better ones.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
# As LuSolveBench and LinpackBench start their forks.
LINES = "-XX:ObjectAlignmentInBytes=64"
FORKS = {"blocked": ["-XX:+UseTransparentHugePages", LINES], "blocked2": ["-XX:+UseTransparentHugePages", LINES],
         "rolled": [LINES], "unrolled": [LINES]}
NATIVE = {"-O2": ["-O2"], "-O3": ["-O3", "-march=native"]}


class Side:
    """A process that works once for each line it reads."""

    def __init__(self, name, command, cores, threads=1, errors=None, huge=False, openblas_core=None):
        # Whatever the environment says of OpenBLAS: it runs its own best kernel, or the one that was asked for.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
        environment["OPENBLAS_NUM_THREADS"] = str(threads)
        if openblas_core:
            environment["OPENBLAS_CORETYPE"] = openblas_core
        if huge:
            environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1"
        self.name = name
        self.process = subprocess.Popen(["taskset", "-c", cores] + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=errors, text=True, env=environment)
        self.samples = []

    def first_line(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended: {self.process.args}; --verbose shows what it said")
        return line

    def work(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        wall, cpu = map(float, self.first_line().split())
        self.samples.append((wall, cpu))

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def build(folder, source, options, name):
    out = folder / name
    subprocess.run(["gcc", *options, "-o", str(out), str(HERE / source), *(["-lopenblas"] if "openblas" in source else []),
                    "-lm"], check=True)
    return str(out)


def ratio(pairs):
    ratios = sorted(theirs / ours for ours, theirs in pairs)
    quarter = len(ratios) // 4
    return f"{statistics.median(ratios):.2f} ({ratios[quarter]:.2f}-{ratios[-1 - quarter]:.2f})"


def compare(title, ours, theirs, rounds):
    operations = float(ours.first_line())
    for side in [ours, *theirs]:
        side.work()
        side.samples.clear()
    for _ in range(rounds):
        for side in [ours, *theirs]:
            side.work()
            time.sleep(0.05)  # threads of OpenBLAS spin for a while after their work
    speed = lambda side, i: operations / statistics.median(s[i] for s in side.samples) * 1e-9
    for peer in theirs:
        columns = [ratio(list(zip([s[i] for s in ours.samples], [s[i] for s in peer.samples]))) for i in (0, 1)]
        print(f"| {title} | {speed(ours, 0):.2f} | {speed(ours, 1):.2f} | {peer.name} | {speed(peer, 0):.2f} | "
              f"{speed(peer, 1):.2f} | {columns[0]} | {columns[1]} |", flush=True)
    for side in [ours, *theirs]:
        side.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", nargs="*", default=["fma", "lu", "parallel", "linpack", "ejml"],
                        help="fma, lu, parallel, linpack, ejml, plain; default: all but plain")
    parser.add_argument("--orders", default="500,1000,2000,4000", help="of lu, parallel, ejml and plain")
    parser.add_argument("--arrays", default="1000,2000", help="of linpack")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--core", default="0", help="for one thread")
    parser.add_argument("--cores", default="0,1", help="for two threads")
    parser.add_argument("--java", default="java")
    parser.add_argument("--beside-java", help="one more JDK, which takes its turn in each round of lu, as a peer")
    parser.add_argument("--java-options", default="", help="such as -XX:UseAVX=2, to imitate a narrower processor")
    parser.add_argument("--openblas-core", help="the kernels that OpenBLAS takes, such as Haswell for the same purpose")
    parser.add_argument("--bits", default="", help="lengths of vectors for fma, such as 128,256,512; default: all there are")
    parser.add_argument("--classpath", default=str(HERE.parents[1] / "profiles/target/benchmarks.jar"))
    parser.add_argument("--verbose", action="store_true", help="show what the Java side says, such as its kernel")
    options = parser.parse_args()
    errors = None if options.verbose else subprocess.DEVNULL
    for program in ("gcc", "taskset", options.java, *([options.beside_java] if options.beside_java else [])):
        if not shutil.which(program):
            parser.error(f"expected the program {program}, got none of that name; install it, or name another with --java")
    for entry in options.classpath.split(os.pathsep):
        if not os.path.exists(entry):
            parser.error(f"--classpath: expected benchmarks.jar, got nothing at {entry}; mvn -q -DskipTests package makes it")

    def java(work, size, cores, module=True, extra=(), program=options.java):
        command = [program, *options.java_options.split(), *extra, *(["--add-modules", "jdk.incubator.vector"] if module else []),
                   *FORKS.get(work, []), "-cp", options.classpath, str(HERE / "CpuBatches.java"), work,
                   str(size)]
        return Side(work, command, cores, errors=errors)

    def openblas(order, cores, threads=1):
        return [Side(f"OpenBLAS{pages}", [openblas_program, order], cores, threads=threads, huge=bool(pages), errors=errors,
                     openblas_core=options.openblas_core)
                for pages in ("", ", huge pages")]

    def other_jdk(order, cores):
        if not options.beside_java:
            return []
        return [java_peer("the other JDK", java("blocked", order, cores, program=options.beside_java))]

    def fma(bits, cores):
        flags = ["-O2", "-march=native", f"-DBITS={bits}"]
        program = build(folder, "fma.c", flags, f"fma{bits}")
        ours = java("fma", 1_000_000, cores, extra=[f"-XX:MaxVectorSize={int(bits) // 8}"])
        return ours, [Side(f"C, intrinsics of {bits} bits", [program, "1000000"], cores)]

    orders = options.orders.split(",")
    print("| ours | GFLOP/s | by CPU time | peer | GFLOP/s | by CPU time | ratio | by CPU time |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        openblas_program = build(folder, "openblas_lu.c", ["-O2"], "openblas_lu")
        one, two = options.core, options.cores
        for work in options.work:
            if work == "fma":
                for bits in options.bits.split(",") if options.bits else vector_lengths():
                    ours, peers = fma(bits, one)
                    compare(f"multiply-adds, {bits} bits", ours, peers, options.rounds)
            elif work == "lu":
                for n in orders:
                    compare(f"blocked {n}", java("blocked", n, one), openblas(n, one) + other_jdk(n, one), options.rounds)
            elif work == "parallel":
                for n in orders:
                    compare(f"blockedParallel {n}, 2 workers", java("blocked2", n, two),
                            openblas(n, two, threads=2), options.rounds)
            elif work == "ejml":
                for n in orders:
                    compare(f"blocked {n}", java("blocked", n, one), [java_peer("EJML", java("ejml", n, one))], options.rounds)
            elif work == "plain":
                for n in orders:
                    compare(f"blocked {n}, plain Java", java("blocked", n, one, module=False),
                            openblas(n, one), options.rounds)
            elif work == "linpack":
                for size in options.arrays.split(","):
                    for loops in ("rolled", "unrolled"):
                        define = ["-DUNROLLED"] if loops == "unrolled" else []
                        peers = [Side(f"C, gcc {' '.join(flags)}",
                                      [build(folder, "linpack_columns.c", flags + define, f"{loops}{name}"), size], one)
                                 for name, flags in NATIVE.items()]
                        compare(f"LINPACK {loops} {size}", java(loops, size, one), peers, options.rounds)
            else:
                parser.error(f"unknown work {work}: expected fma, lu, parallel, linpack, ejml or plain")


def vector_lengths():
    """Those that this processor has fused multiply-adds for."""
    flags = set(pathlib.Path("/proc/cpuinfo").read_text().split())
    return ["128", *(["256"] if "fma" in flags else []), *(["512"] if "avx512f" in flags else [])]


def java_peer(name, side):
    """Its number of operations is read over: ours tells the same."""
    side.name = name
    side.first_line()
    return side


if __name__ == "__main__":
    main()
