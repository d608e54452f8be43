package dev.userservice.election;

/** Something that keeps what it was told, and may be down for a while. */
class SimulatedStore {

  private final String name;
  private boolean down;

  SimulatedStore(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  boolean down() {
    return down;
  }

  void down(boolean now) {
    down = now;
  }
}
