/** Static pages of nights: all hosts, each host, each series. */
@NullMarked
package dev.tare.history.site;

import org.jspecify.annotations.NullMarked;
