package dev.userservice.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a resource method whose answers may be kept; without it no cache keeps them. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CacheControl {

  /** The caller alone may keep the answer, and asks by its entity tag whether it still holds. */
  String ASK_EACH_TIME = "private, no-cache";

  /** The value of the header Cache-Control (RFC 9111, section 5.2.2). */
  String value();
}
