/** YAML that knows its lines. */
@NullMarked
package dev.tare.campaign.yaml;

import org.jspecify.annotations.NullMarked;
