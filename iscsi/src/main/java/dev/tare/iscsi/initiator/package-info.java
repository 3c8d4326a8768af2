/** An iSCSI initiator in user space: sessions with many outstanding commands, discovery, and LUNs as block devices. */
@NullMarked
package dev.tare.iscsi.initiator;

import org.jspecify.annotations.NullMarked;
