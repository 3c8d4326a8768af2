/** iSCSI (RFC 7143) in plain Java, without any benchmark: PDUs, login, initiator and target. */
@NullMarked
package dev.tare.iscsi;

import org.jspecify.annotations.NullMarked;
