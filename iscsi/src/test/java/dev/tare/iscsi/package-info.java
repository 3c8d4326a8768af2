/** iSCSI against real counterparts: Debian's tgt, libiscsi's tools, and broken peers of our own. */
@NullMarked
package dev.tare.iscsi;

import org.jspecify.annotations.NullMarked;
