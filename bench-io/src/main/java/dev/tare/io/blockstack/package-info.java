/**
 * Which devices are behind a path, as /sys and /proc tell: from the file through partitions, volumes and loops to the physical
 * devices; what they are used for, and which caches may have been measured in their place.
 */
@NullMarked
package dev.tare.io.blockstack;

import org.jspecify.annotations.NullMarked;
