package dev.tare.parts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that starts a JVM of a newer JDK than the oldest that we support, {@link JavaCommand#ofJdk}.
 *
 * <p>Skipped or failed elsewhere by the rule of {@link RequiresProgram}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(JdkCondition.class)
public @interface RequiresJdk {
    /** The oldest JDK that will do. */
    int value();
}
