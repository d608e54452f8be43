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

/**
 * The headers and query parameters that an operation heeds, as its resource method declares them by
 * JAX-RS annotations. Those declared as a collection may come more than once.
 *
 * @param headers whether each may come more than once, by their names
 * @param parameters the same of query parameters, by their names
 */
record OperationInputs(Map<String, Boolean> headers, Map<String, Boolean> parameters) {

  /** Copies. */
  OperationInputs {
    headers = Map.copyOf(headers);
    parameters = Map.copyOf(parameters);
  }

  /** What the only public method of this name declares. */
  static OperationInputs of(Class<?> resource, String name) {
    Map<String, Boolean> headers = new TreeMap<>();
    Map<String, Boolean> parameters = new TreeMap<>();
    for (Method method : resource.getDeclaredMethods()) {
      if (method.getName().equals(name) && !method.isSynthetic()) {
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
    return new OperationInputs(headers, parameters);
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
