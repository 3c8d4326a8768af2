/** What a report says, before it has a form, and its forms: text for a terminal, Markdown and CSV. */
@NullMarked
package dev.tare.report.document;

import org.jspecify.annotations.NullMarked;
