/** A campaign on disk: what was planned, and what every round proved and measured. docs/campaign-format.md describes it. */
@NullMarked
package dev.tare.runs.campaign;

import org.jspecify.annotations.NullMarked;
