package dev.userservice.drill;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks linearizability by its definition: tries every subset of unknown writes in every order.
 */
final class ExhaustiveLinearizability {

  private ExhaustiveLinearizability() {}

  static boolean check(long initial, List<Operation> history) {
    List<Operation> known = history.stream().filter(each -> !each.isUnknown()).toList();
    List<Operation> unknown = history.stream().filter(Operation::isUnknown).toList();
    for (int subset = 0; subset < 1 << unknown.size(); subset++) {
      List<Operation> chosen = new ArrayList<>(known);
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

  private static boolean anyOrder(long initial, List<Operation> operations, int fixed) {
    if (fixed == operations.size()) {
      return keepsTime(operations) && keepsValues(initial, operations);
    }
    for (int index = fixed; index < operations.size(); index++) {
      List<Operation> swapped = new ArrayList<>(operations);
      swapped.set(fixed, operations.get(index));
      swapped.set(index, operations.get(fixed));
      if (anyOrder(initial, swapped, fixed + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean keepsTime(List<Operation> order) {
    for (int later = 0; later < order.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (order.get(later).answeredAt() < order.get(earlier).calledAt()) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean keepsValues(long initial, List<Operation> order) {
    long value = initial;
    for (Operation operation : order) {
      if (operation.isWrite()) {
        value = operation.value();
      } else if (operation.value() != value) {
        return false;
      }
    }
    return true;
  }
}
