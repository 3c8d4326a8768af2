@NullMarked
package dev.tare.io.lun;

import org.jspecify.annotations.NullMarked;
