/** Which iterations ran provably beside the load of all others. */
@NullMarked
package dev.tare.campaign.proof;

import org.jspecify.annotations.NullMarked;
