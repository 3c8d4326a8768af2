package dev.tare.parts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that talks to a program which not every machine has.
 *
 * <p>Where the program is missing, the test is skipped and the report names the Debian package to install; with the
 * environment variable {@code TARE_SKIP_FAILS=true}, which {@code .ci/run} sets, it fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RequiresPrograms.class)
@ExtendWith(ProgramCondition.class)
public @interface RequiresProgram {
    /** Name of the executable, looked up on {@code PATH} and in the {@code sbin} folders. */
    String value();

    /** The Debian package that brings it. */
    String debianPackage();
}
