/**
 * Real servers and programs for tests.
 *
 * <p>Every module's tests may use this package; no module's main code does.
 */
@NullMarked
package dev.tare.parts;

import org.jspecify.annotations.NullMarked;
