/** The figures of a published study, as a check of the whole way from files to conclusions. */
@NullMarked
package dev.tare.report.study;

import org.jspecify.annotations.NullMarked;
