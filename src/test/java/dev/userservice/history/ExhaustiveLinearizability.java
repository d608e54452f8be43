package dev.userservice.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks linearizability by its definition: tries every subset of unknown writes in every order.
 */
final class ExhaustiveLinearizability {

  private ExhaustiveLinearizability() {}

  static boolean check(long initial, List<Event> history) {
    List<Event> known = history.stream().filter(each -> each.isDone()).toList();
    List<Event> unknown = history.stream().filter(each -> !each.isDone()).toList();
    for (int subset = 0; subset < 1 << unknown.size(); subset++) {
      List<Event> chosen = new ArrayList<>(known);
      for (int index = 0; index < unknown.size(); index++) {
        if ((subset & 1 << index) != 0) {
          chosen.add(unknown.get(index));
        }
      }
      if (anyOrder(initial, chosen, 0)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyOrder(long initial, List<Event> operations, int fixed) {
    if (fixed == operations.size()) {
      return keepsTime(operations) && keepsValues(initial, operations);
    }
    for (int index = fixed; index < operations.size(); index++) {
      List<Event> swapped = new ArrayList<>(operations);
      swapped.set(fixed, operations.get(index));
      swapped.set(index, operations.get(fixed));
      if (anyOrder(initial, swapped, fixed + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean keepsTime(List<Event> order) {
    for (int later = 0; later < order.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (order.get(later).certainEnd() < order.get(earlier).begin()) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean keepsValues(long initial, List<Event> order) {
    long value = initial;
    for (Event operation : order) {
      if (operation.isWrite()) {
        value = operation.value();
      } else if (operation.value() != value) {
        return false;
      }
    }
    return true;
  }
}
