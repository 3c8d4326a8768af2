/** The wire format of iSCSI (RFC 7143): headers, digests, and how PDUs are cut from and put into a byte stream. */
@NullMarked
package dev.tare.iscsi.pdu;

import org.jspecify.annotations.NullMarked;
