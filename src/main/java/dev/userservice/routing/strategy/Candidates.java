package dev.userservice.routing.strategy;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of one choice. The list is reused for the next choice, so that choosing allocates
 * nothing once the list has grown. Belongs to one thread at a time.
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

  /** Stores the effective weight of each candidate for {@link #draw}, and returns their sum. */
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
   * Draws a candidate in proportion to the weights that {@link #weigh} has stored.
   *
   * @param point a random number from 0 to the sum of the weights, without that of the excluded
   *     candidate
   * @param excluded the index of a candidate that must not be drawn, -1 for none
   */
  int draw(double point, int excluded) {
    double remaining = point;
    int last = -1;
    for (int index = 0; index < size; index++) {
      if (index != excluded) {
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
