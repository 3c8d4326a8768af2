#!/usr/bin/env python3
"""Compares bench-mem with native peers: all sides are interleaved, in short slices, on the same pinned processors.

Needs gcc and the packaged benchmarks.jar. Prints a Markdown table: medians over all rounds of every side (MB/s, or for
latency nanoseconds a load), and the median of the paired ratios, those within a round, with the middle half of them in
brackets. With several starts, a figure has the least and the largest of the starts' medians in brackets. A ratio above 1
means that ours is faster. A neighbour who disturbs a slice disturbs one side of one round; medians leave that out.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
# As the benchmarks start their forks; what not all of them have stands apart.
FORK = ["--add-modules=jdk.incubator.vector", "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
        "-XX:-BackgroundCompilation", "-XX:+UseSerialGC", "-Xmn32m", "-XX:MaxRAMPercentage=80",
        "-XX:ObjectAlignmentInBytes=64"]
PAGES = {"huge": "-XX:+UseTransparentHugePages", "small": "-XX:-UseTransparentHugePages"}
WIDTHS = ["word", "mmx", "sse", "avx", "avx512"]


class Side:
    """A process that works for a slice whenever it is asked."""

    def __init__(self, name, cores, command):
        self.name = name
        self.process = subprocess.Popen(["taskset", "-c", cores] + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        if self.line() != "ready":
            sys.exit(f"{name}: {command} did not start: {self.process.stderr.read()}")

    def line(self):
        return self.process.stdout.readline().strip()

    def slice(self, kernel, ms):
        self.process.stdin.write(f"{kernel} {ms}\n")
        self.process.stdin.flush()
        answer = self.line()
        if not answer:
            sys.exit(f"{self.name} ended in {kernel}: {self.process.stderr.read()}")
        return float(answer)

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Case:
    """One row or more of the table: what ours are asked for, and each peer, by its name: its side and what that is asked for."""

    def __init__(self, title, kernel, peers):
        self.title, self.kernel, self.peers = title, kernel, peers


def compare(start, cases, options, less_is_better=False):
    """Prints the rows of the cases. start() starts all sides anew: those of ours, and the peers' by name.

    A process keeps the physical pages that it was given when it started, and with them its luck with caches and memory banks: sides are
    started several times, and each figure has the medians of the single starts beside it.
    """
    scores = {}
    for _ in range(options.starts):
        ours, peers = start()
        for case in cases:
            sides = [(side, case.kernel) for side in ours] + [(peers[side], kernel) for side, kernel in case.peers.values()]
            own = scores.setdefault(case, [[] for _ in sides])
            for values in own:
                values.append([])
            for number in range(options.rounds):
                # Each side follows another one every second time.
                for values, (side, kernel) in list(zip(own, sides))[:: 1 if number % 2 == 0 else -1]:
                    values[-1].append(side.slice(kernel, options.ms))
        for side in (*ours, *peers.values()):
            side.stop()
    for case in cases:
        count = len(scores[case]) - len(case.peers)
        ours, theirs = scores[case][:count], scores[case][count:]
        for name, peer in zip(case.peers, theirs):
            if max(map(max, peer)) > 0:  # else a register that this machine does not have
                cells = [score(values) for values in (*ours, peer)] + [ratio(values, peer, less_is_better) for values in ours]
                print(f"| {case.title} | {name} | {' | '.join(cells)} |", flush=True)


def score(starts):
    medians = [statistics.median(values) for values in starts]
    return f"{statistics.median(sum(starts, [])):.5g}" + (f" ({min(medians):.5g}-{max(medians):.5g})" if len(starts) > 1 else "")


def ratio(ours, theirs, less_is_better):
    pairs = zip(sum(ours, []), sum(theirs, []))
    ratios = sorted(b / a if less_is_better else a / b for a, b in pairs if b > 0)
    quarter = len(ratios) // 4
    return f"{statistics.median(ratios):.2f} ({ratios[quarter]:.2f}-{ratios[-1 - quarter]:.2f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["stream", "block", "latency"])
    parser.add_argument("--bytes", help="of each block, or of each array of each thread; several with commas")
    parser.add_argument("--kernels", help="of block or stream; several with commas")
    parser.add_argument("--rounds", type=int, default=31, help="of each start")
    parser.add_argument("--starts", type=int, default=1, help="how often all sides are started anew")
    parser.add_argument("--ms", type=float, help="length of a slice (20; stream 200)")
    parser.add_argument("--threads", type=int, default=1, help="of stream; each has a processor of its own")
    parser.add_argument("--cores", help="to stay on, as taskset -c takes them (the first THREADS)")
    parser.add_argument("--java", default="java", help="several with commas")
    parser.add_argument("--java-options", default="", help="further ones of the JVM, such as -XX:UseAVX=2")
    parser.add_argument("--march", default="native", help="what gcc compiles for: haswell has no register above 256 bits")
    parser.add_argument("--classpath", default=str(HERE.parents[1] / "profiles/target/benchmarks.jar"))
    options = parser.parse_args()
    options.ms = options.ms or {"stream": 200}.get(options.what, 20)
    options.cores = options.cores or f"0-{options.threads - 1}"
    javas = options.java.split(",")

    def java(program, size, pages, more=()):
        return Side(program, options.cores, [program, *FORK, PAGES[pages], *more, *options.java_options.split(), "-cp", options.classpath,
                                             str(HERE / "MemorySlices.java"), options.what, str(size), str(options.threads)])

    columns = ["case", "peer", *(f"ours {i + 1}" for i in range(len(javas))), "peer's"]
    columns += [f"ratio {i + 1}" for i in range(len(javas))]
    print("| " + " | ".join(columns) + " |")
    print("| --- | --- |" + " ---: |" * (len(columns) - 2), flush=True)
    with tempfile.TemporaryDirectory() as folder:

        def build(*flags):
            program = f"{folder}/{options.what}{len(flags)}"
            subprocess.run(["gcc", f"-march={options.march}", "-pthread", *flags, str(HERE / f"{options.what}.c"), "-o", program],
                           check=True)
            return program

        if options.what == "block":
            program = build("-O2")
            for size in (options.bytes or "16384,262144").split(","):

                def start():
                    return [java(path, size, "huge") for path in javas], {"C": Side("block", options.cores, [program, size])}

                cases = []
                for kernel in (options.kernels or "intRead,floatRead,intWrite,floatWrite").split(","):
                    action = "read" if kernel.endswith("Read") else "write"
                    widths = WIDTHS + (["memset"] if action == "write" else ["avx-sum", "avx512-sum"])
                    cases.append(Case(f"{kernel}, {size}", kernel, {width: ("C", f"{action}-{width}") for width in widths}))
                compare(start, cases, options)
        elif options.what == "latency":
            program = build("-O3")
            for size in (options.bytes or "16384,262144,4194304").split(","):
                for pages in ("small", "huge"):

                    def start():
                        return ([java(path, size, pages, ["-XX:-UseCompressedOops"]) for path in javas],
                                {"C": Side("latency", options.cores, [program, size, pages])})

                    compare(start, [Case(f"{size}, {pages} pages", "load", {"C": ("C", "load")})], options, less_is_better=True)
        else:
            size = int(options.bytes or 4 * last_level_bytes() // options.threads)
            model = "small" if 3 * size * options.threads < 1 << 30 else "medium"  # static arrays beyond 2 GiB
            flags = ["-O3", f"-mcmodel={model}", f"-DTHREADS={options.threads}", f"-DARRAY_BYTES={size}L"]
            plain, shifted = build(*flags), build(*flags, "-DOFFSET=512")
            commands = {"C": [plain, "small"], "C, huge pages": [plain, "huge"], "C, huge pages, arrays 4 KiB apart": [shifted, "huge"]}

            def start():
                return ([java(path, size, "huge") for path in javas],
                        {name: Side(name, options.cores, command) for name, command in commands.items()})

            threads = f"{options.threads} thread{'s' * (options.threads > 1)}"
            compare(start, [Case(f"{kernel}, {threads}", kernel, {name: (name, kernel) for name in commands})
                            for kernel in (options.kernels or "copy,scale,add,triad").split(",")], options)


def last_level_bytes():
    """Of all caches of the last level, each counted once, as StreamBench's arrayBytes=auto sees it."""
    caches = set()
    for index in pathlib.Path("/sys/devices/system/cpu").glob("cpu[0-9]*/cache/index*"):
        read = lambda name: (index / name).read_text().strip()
        caches.add((int(read("level")), read("shared_cpu_list"), int(read("size").rstrip("K")) << 10))
    if not caches:
        sys.exit("the last-level cache is unknown; give --bytes")
    return sum(size for level, _, size in caches if level == max(caches)[0])


if __name__ == "__main__":
    main()
