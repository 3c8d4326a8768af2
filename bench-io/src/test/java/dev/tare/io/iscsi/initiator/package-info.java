@NullMarked
package dev.tare.io.iscsi.initiator;

import org.jspecify.annotations.NullMarked;
