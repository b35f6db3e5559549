package org.zkml.api.request;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Longest body that a method takes, in bytes; a longer one is not read. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface BodyLimit {

    /** For signed messages with their proofs. */
    int MESSAGE = 64 * 1024;

    /** For documents. */
    int DOCUMENT = 1024 * 1024;

    int value() default MESSAGE;
}
