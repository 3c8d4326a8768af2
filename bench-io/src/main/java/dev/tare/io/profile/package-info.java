/** What a benchmark of this module costs and how long its I/Os take: secondary results that are no rates. */
@NullMarked
package dev.tare.io.profile;

import org.jspecify.annotations.NullMarked;
