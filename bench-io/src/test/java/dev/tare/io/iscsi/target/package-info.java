@NullMarked
package dev.tare.io.iscsi.target;

import org.jspecify.annotations.NullMarked;
