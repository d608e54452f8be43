package dev.userservice.routing.strategy;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of one choice, in a list that is used again for the next one, so that choosing
 * allocates nothing once the list has grown. Belongs to one thread at a time.
 */
public final class Candidates {

  private @Nullable Candidate[] members = new Candidate[8];
  private double[] weights = new double[8];
  private int size;

  public void clear() {
    size = 0;
  }

  public void add(Candidate candidate) {
    if (size == members.length) {
      members = Arrays.copyOf(members, size * 2);
      weights = new double[size * 2];
    }
    members[size++] = candidate;
  }

  public int size() {
    return size;
  }

  public Candidate get(int index) {
    Objects.checkIndex(index, size);
    return Objects.requireNonNull(members[index]);
  }

  /** Reads each candidate's effective weight, for {@link #draw}, and adds them up. */
  double weigh(long nowNanos) {
    double total = 0;
    for (int index = 0; index < size; index++) {
      weights[index] = get(index).effectiveWeight(nowNanos);
      total += weights[index];
    }
    return total;
  }

  double weight(int index) {
    return weights[index];
  }

  /**
   * Draws one in proportion to the weights that {@link #weigh} has read.
   *
   * @param point a random number below the sum of the weights, the left-out one's not included
   * @param leftOut the one that cannot be drawn, -1 for none
   */
  int draw(double point, int leftOut) {
    double remaining = point;
    int last = -1;
    for (int index = 0; index < size; index++) {
      if (index != leftOut) {
        last = index;
        remaining -= weights[index];
        if (remaining < 0) {
          return index;
        }
      }
    }
    return last;
  }
}
