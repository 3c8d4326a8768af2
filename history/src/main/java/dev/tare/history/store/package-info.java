/** All nights, kept in SQL. */
@NullMarked
package dev.tare.history.store;

import org.jspecify.annotations.NullMarked;
