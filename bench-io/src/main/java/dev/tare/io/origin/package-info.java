/** Which device is behind a path, as /sys and /proc tell: from the file through partitions, volumes and loops to the leaves. */
@NullMarked
package dev.tare.io.origin;

import org.jspecify.annotations.NullMarked;
