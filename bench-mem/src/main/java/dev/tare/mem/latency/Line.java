package dev.tare.mem.latency;

/** A cache line that refers to the next one to load; alone on its line, since objects are aligned to lines. */
final class Line {
    Line next = this;
}
