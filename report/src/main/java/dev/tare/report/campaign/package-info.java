/** What a campaign found: what each host keeps beside the others, how fair it is, who disturbs whom, and the proof. */
@NullMarked
package dev.tare.report.campaign;

import org.jspecify.annotations.NullMarked;
