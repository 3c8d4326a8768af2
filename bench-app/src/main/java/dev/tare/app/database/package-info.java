/** How a database is reached, what is ours in it, and what a server tells of its work. */
@NullMarked
package dev.tare.app.database;

import org.jspecify.annotations.NullMarked;
