/** SCSI as far as a disk needs it: command blocks (SBC-3, SPC-4), status, sense data, and what a logical unit says of itself. */
@NullMarked
package dev.tare.iscsi.scsi;

import org.jspecify.annotations.NullMarked;
