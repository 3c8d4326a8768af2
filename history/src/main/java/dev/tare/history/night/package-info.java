/** What a run says of one night. */
@NullMarked
package dev.tare.history.night;

import org.jspecify.annotations.NullMarked;
