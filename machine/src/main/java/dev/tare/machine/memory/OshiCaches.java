package dev.tare.machine.memory;

import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.ProcessorCache;

/** Asks OSHI, on systems other than Linux. */
final class OshiCaches {
    private OshiCaches() {}

    /** The caches; OSHI tells their sizes but not their number, so that each package counts as having one of a level. */
    static Caches read() {
        CentralProcessor processor = new SystemInfo().getHardware().getProcessor();
        return of(processor.getProcessorCaches(), processor.getPhysicalPackageCount());
    }

    static Caches of(List<ProcessorCache> caches, int packages) {
        return new Caches(caches.stream()
                .filter(cache ->
                        cache.getType() == ProcessorCache.Type.DATA || cache.getType() == ProcessorCache.Type.UNIFIED)
                .map(cache -> new CacheLevel(cache.getLevel(), cache.getCacheSize(), packages))
                .toList());
    }
}
