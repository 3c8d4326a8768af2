/** The gate in a measuring JVM: ready, wait for the agreed instant, remember when all was. */
@NullMarked
package dev.tare.campaign.gate;

import org.jspecify.annotations.NullMarked;
