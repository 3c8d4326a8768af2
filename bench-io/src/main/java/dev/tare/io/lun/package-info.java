/** LUNs as block devices: the iSCSI initiator behind the benchmarks' seam, and a target beside them. */
@NullMarked
package dev.tare.io.lun;

import org.jspecify.annotations.NullMarked;
