/** A PostgreSQL server of the benchmark's own: its programs, its user, its data, its end. */
@NullMarked
package dev.tare.app.server;

import org.jspecify.annotations.NullMarked;
