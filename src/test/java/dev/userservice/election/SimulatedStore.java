package dev.userservice.election;

/** A store that may be down. */
public class SimulatedStore {

  private final String name;
  private boolean down;

  public SimulatedStore(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  public boolean down() {
    return down;
  }

  public void down(boolean now) {
    down = now;
  }
}
