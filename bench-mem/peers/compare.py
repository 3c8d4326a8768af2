#!/usr/bin/env python3
"""Compares bench-mem with native peers: all sides are interleaved, in short slices, on the same pinned processors.

Needs gcc and the packaged benchmarks.jar. Prints a Markdown table: medians over all rounds of every side (MB/s, or for
latency nanoseconds a load), and the median of the paired ratios, those within a round, with the middle half of them in brackets. A ratio above 1
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


def ratio(ours, theirs, less_is_better):
    ratios = sorted(b / a if less_is_better else a / b for a, b in zip(ours, theirs) if b > 0)
    quarter = len(ratios) // 4
    return f"{statistics.median(ratios):.2f} ({ratios[quarter]:.2f}-{ratios[-1 - quarter]:.2f})"


def compare(title, ours, peers, options, less_is_better=False):
    """ours: (side, kernel) of each JDK; peers: {name: (side, kernel)}."""
    sides = ours + list(peers.values())
    scores = [[] for _ in sides]
    for _ in range(options.rounds):
        for i, (side, kernel) in enumerate(sides):
            scores[i].append(side.slice(kernel, options.ms))
    for i in range(len(ours), len(sides)):
        if max(scores[i]) == 0:  # a register that this machine does not have
            continue
        name = list(peers)[i - len(ours)]
        cells = [f"{statistics.median(scores[j]):.5g}" for j in (*range(len(ours)), i)]
        cells += [ratio(scores[j], scores[i], less_is_better) for j in range(len(ours))]
        print(f"| {title} | {name} | {' | '.join(cells)} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["stream", "block", "latency"])
    parser.add_argument("--bytes", help="of each block, or of each array of each thread; several with commas")
    parser.add_argument("--kernels", help="of block or stream; several with commas")
    parser.add_argument("--rounds", type=int, default=31)
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
                peer = Side("block", options.cores, [program, size])
                ours = [java(path, size, "huge") for path in javas]
                for kernel in (options.kernels or "intRead,floatRead,intWrite,floatWrite").split(","):
                    action = "read" if kernel.endswith("Read") else "write"
                    widths = WIDTHS + (["memset"] if action == "write" else [])
                    compare(f"{kernel}, {size}", [(side, kernel) for side in ours],
                            {width: (peer, f"{action}-{width}") for width in widths}, options)
                stop(peer, *ours)
        elif options.what == "latency":
            program = build("-O3")
            for size in (options.bytes or "16384,262144,4194304").split(","):
                for pages in ("small", "huge"):
                    peer = Side("latency", options.cores, [program, size, pages])
                    ours = [java(path, size, pages, ["-XX:-UseCompressedOops"]) for path in javas]
                    compare(f"{size}, {pages} pages", [(side, "load") for side in ours], {"C": (peer, "load")}, options,
                            less_is_better=True)
                    stop(peer, *ours)
        else:
            size = int(options.bytes or 4 * last_level_bytes() // options.threads)
            model = "small" if 3 * size * options.threads < 1 << 30 else "medium"  # static arrays beyond 2 GiB
            flags = ["-O3", f"-mcmodel={model}", f"-DTHREADS={options.threads}", f"-DARRAY_BYTES={size}L"]
            plain, shifted = build(*flags), build(*flags, "-DOFFSET=512")
            peers = {name: Side(name, options.cores, [program, pages])
                     for name, program, pages in (("C", plain, "small"), ("C, huge pages", plain, "huge"),
                                                  ("C, huge pages, arrays 4 KiB apart", shifted, "huge"))}
            ours = [java(path, size, "huge") for path in javas]
            for kernel in (options.kernels or "copy,scale,add,triad").split(","):
                threads = f"{options.threads} thread{'s' * (options.threads > 1)}"
                compare(f"{kernel}, {threads}", [(side, kernel) for side in ours],
                        {name: (peer, kernel) for name, peer in peers.items()}, options)
            stop(*peers.values(), *ours)


def last_level_bytes():
    """Of all caches of the last level, each counted once, as StreamBench's arrayBytes=auto sees it."""
    caches = set()
    for index in pathlib.Path("/sys/devices/system/cpu").glob("cpu[0-9]*/cache/index*"):
        read = lambda name: (index / name).read_text().strip()
        caches.add((int(read("level")), read("shared_cpu_list"), int(read("size").rstrip("K")) << 10))
    if not caches:
        sys.exit("the last-level cache is unknown; give --bytes")
    return sum(size for level, _, size in caches if level == max(caches)[0])


def stop(*sides):
    for side in sides:
        side.stop()


if __name__ == "__main__":
    main()
