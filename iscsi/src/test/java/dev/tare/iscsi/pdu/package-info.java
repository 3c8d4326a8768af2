@NullMarked
package dev.tare.iscsi.pdu;

import org.jspecify.annotations.NullMarked;
