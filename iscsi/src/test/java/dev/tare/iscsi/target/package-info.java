@NullMarked
package dev.tare.iscsi.target;

import org.jspecify.annotations.NullMarked;
