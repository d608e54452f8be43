package dev.userservice.http;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operation heeds, as its resource method declares it by annotations: headers and query
 * parameters, of which those declared as a collection may come more than once, a bounded body, and
 * who may keep its answers.
 *
 * @param headers whether each may come more than once, by their names
 * @param parameters the same of query parameters, by their names
 * @param bounded whether the body has at most {@link BodyLimit#BYTES}
 * @param cacheControl the header Cache-Control of its answers, null if no cache keeps them
 */
record OperationInputs(
    Map<String, Boolean> headers,
    Map<String, Boolean> parameters,
    boolean bounded,
    @Nullable String cacheControl) {

  /** Copies. */
  OperationInputs {
    headers = Map.copyOf(headers);
    parameters = Map.copyOf(parameters);
  }

  /** What the only public method of this name declares. */
  static OperationInputs of(Class<?> resource, String name) {
    Map<String, Boolean> headers = new TreeMap<>();
    Map<String, Boolean> parameters = new TreeMap<>();
    boolean bounded = false;
    String cacheControl = null;
    for (Method method : resource.getDeclaredMethods()) {
      if (method.getName().equals(name) && !method.isSynthetic()) {
        bounded = method.isAnnotationPresent(BodyLimit.class);
        CacheControl caching = method.getAnnotation(CacheControl.class);
        cacheControl = caching == null ? null : caching.value();
        for (Parameter each : method.getParameters()) {
          add(each, each.getType(), headers, parameters);
          if (each.isAnnotationPresent(BeanParam.class)) {
            for (Field field : each.getType().getDeclaredFields()) {
              add(field, field.getType(), headers, parameters);
            }
          }
        }
      }
    }
    return new OperationInputs(headers, parameters, bounded, cacheControl);
  }

  private static void add(
      AnnotatedElement input,
      Class<?> type,
      Map<String, Boolean> headers,
      Map<String, Boolean> parameters) {
    boolean many = Collection.class.isAssignableFrom(type);
    HeaderParam header = input.getAnnotation(HeaderParam.class);
    if (header != null) {
      headers.put(header.value(), many);
    }
    QueryParam parameter = input.getAnnotation(QueryParam.class);
    if (parameter != null) {
      parameters.put(parameter.value(), many);
    }
  }
}
