/** Benchmarks of an application: a database server and its clients. */
@NullMarked
package dev.tare.app;

import org.jspecify.annotations.NullMarked;
