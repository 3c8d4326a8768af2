@NullMarked
package dev.tare.io.iscsi.login;

import org.jspecify.annotations.NullMarked;
