/** From results to efficiency. */
@NullMarked
package dev.tare.report;

import org.jspecify.annotations.NullMarked;
