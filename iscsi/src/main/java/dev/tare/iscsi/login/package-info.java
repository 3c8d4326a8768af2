/** Login (RFC 7143, sections 6 and 13): text keys, CHAP, and what both sides agree on before the first command. */
@NullMarked
package dev.tare.iscsi.login;

import org.jspecify.annotations.NullMarked;
