package dev.userservice.drill;

import dev.userservice.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Eight clients that create users, each on one shard only, so that no client waits for the other
 * shard, and two that read users created before the drill began.
 */
final class Clients implements AutoCloseable {

  private static final int WRITERS = 8;
  private static final int READERS = 2;
  private static final long FIRST_ID = 1_000_000_000L;
  private static final int STANDING_USERS = 100;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ServiceProcess service;
  private final WriteRecord record;
  private final AtomicLong ids;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong reads = new AtomicLong();
  private volatile boolean stopped;

  Clients(ServiceProcess service, WriteRecord record, long seed) {
    this.service = service;
    this.record = record;
    this.ids = new AtomicLong(FIRST_ID + (seed & 0xFFFF_FFFFL) * 1_000_000L);
  }

  /** Creates the users that are read. Returns when all replicas have them. */
  void start(long seed) throws IOException, InterruptedException {
    long firstStanding = ids.get();
    for (int user = 0; user < STANDING_USERS; user++) {
      write(ids.incrementAndGet());
    }
    for (int writer = 0; writer < WRITERS; writer++) {
      int shard = writer % WriteRecord.SHARDS;
      run("writer-" + writer, () -> write(nextOn(shard)));
    }
    for (int reader = 0; reader < READERS; reader++) {
      Random random = new Random(seed + reader);
      run("reader-" + reader, () -> read(firstStanding + 1 + random.nextInt(STANDING_USERS)));
    }
  }

  long reads() {
    return reads.get();
  }

  @Override
  public void close() {
    stopped = true;
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(60).toMillis());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Request {
    void send() throws IOException, InterruptedException;
  }

  private void run(String name, Request request) {
    Thread thread =
        new Thread(
            () -> {
              while (!stopped) {
                try {
                  request.send();
                } catch (IOException lost) {
                  record.failed(0, lost.toString());
                  record.failed(1, lost.toString());
                } catch (InterruptedException stopping) {
                  return;
                }
              }
            },
            name);
    threads.add(thread);
    thread.start();
  }

  private long nextOn(int shard) {
    long id = ids.incrementAndGet();
    while (WriteRecord.shardOf(id) != shard) {
      id = ids.incrementAndGet();
    }
    return id;
  }

  private void write(long id) throws IOException, InterruptedException {
    String name = "drill " + id;
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(service.address("/users/" + id))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 == 2) {
      record.acknowledged(id, name);
    } else {
      record.failed(WriteRecord.shardOf(id), response.statusCode() + " " + response.body());
    }
  }

  private void read(long id) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(service.address("/users/" + id))
                .timeout(Duration.ofSeconds(30))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    reads.incrementAndGet();
    if (response.statusCode() >= 500) {
      record.failed(
          WriteRecord.shardOf(id), "read " + response.statusCode() + " " + response.body());
    }
  }
}
