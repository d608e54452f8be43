package dev.userservice.drill;

/**
 * One thing that goes wrong and is over again when {@code strike} returns, but for what the scene
 * itself puts right afterwards.
 *
 * @param name what the drill prints
 */
record ChaosFault(String name, Strike strike) {

  interface Strike {
    void on(ChaosScene scene) throws Exception;
  }
}
