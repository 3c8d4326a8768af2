@NullMarked
package dev.tare.report.page;

import org.jspecify.annotations.NullMarked;
