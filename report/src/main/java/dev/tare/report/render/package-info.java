/** Prints a comparison: terminal table, Markdown and CSV. */
@NullMarked
package dev.tare.report.render;

import org.jspecify.annotations.NullMarked;
