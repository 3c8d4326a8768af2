/** An iSCSI initiator in user space: sessions with many outstanding commands, discovery, and LUNs as block devices. */
@NullMarked
package dev.tare.io.iscsi.initiator;

import org.jspecify.annotations.NullMarked;
