@NullMarked
package dev.tare.iscsi.login;

import org.jspecify.annotations.NullMarked;
