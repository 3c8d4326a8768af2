/** What a report says, before it has a form, and its forms: text for a terminal, Markdown, CSV and JSON. */
@NullMarked
package dev.tare.report.document;

import org.jspecify.annotations.NullMarked;
