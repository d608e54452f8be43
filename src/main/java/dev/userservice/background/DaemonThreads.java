package dev.userservice.background;

import java.util.concurrent.ThreadFactory;

/** Named threads that do not keep the process alive. */
public final class DaemonThreads {

  private DaemonThreads() {}

  /** A factory of threads that all have this name. */
  public static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Starts a thread. */
  public static Thread start(String name, Runnable work) {
    Thread thread = named(name).newThread(work);
    thread.start();
    return thread;
  }
}
