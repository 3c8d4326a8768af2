@NullMarked
package dev.tare.iscsi.initiator;

import org.jspecify.annotations.NullMarked;
