@NullMarked
package dev.tare.io.iscsi.pdu;

import org.jspecify.annotations.NullMarked;
