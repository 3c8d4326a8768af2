/** A small iSCSI target with one disk, for demonstrations, tests and the cost of the protocol itself. */
@NullMarked
package dev.tare.iscsi.target;

import org.jspecify.annotations.NullMarked;
