package dev.userservice.user.bulk;

import dev.userservice.http.ProblemException;
import dev.userservice.sharding.Shard;
import dev.userservice.sharding.Shards;
import dev.userservice.sharding.write.RefusedValueException;
import dev.userservice.sharding.write.SlotNotOwnedException;
import dev.userservice.sharding.write.WriteGate;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One running import: reads lines, gathers them by shard, and writes each full batch while the next
 * ones are read. Holds {@link #BATCHES_IN_FLIGHT} batches at most, whatever the import's length.
 * Belongs to one thread.
 */
final class UserImport {

  private static final int BATCH_USERS = 1000;
  private static final long BATCH_BYTES = 1 << 20;
  private static final int BATCHES_IN_FLIGHT = 4;

  private final Shards shards;
  private final WriteGate gate;
  private final ImportParser parser;
  private final Executor executor;
  private final ImportReport report = new ImportReport();
  private final Map<Shard, ImportBatch> gathering = new HashMap<>();
  private final Deque<CompletableFuture<Void>> inFlight = new ArrayDeque<>();

  UserImport(Shards shards, WriteGate gate, ImportParser parser, Executor executor) {
    this.shards = shards;
    this.gate = gate;
    this.parser = parser;
    this.executor = executor;
  }

  /** Imports every good line; stops only when a shard takes no writes. */
  ImportReport.Summary run(InputStream body) throws IOException {
    LineReader lines = new LineReader(body);
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      take(lines, line);
    }
    gathering.forEach(this::send);
    while (!inFlight.isEmpty()) {
      awaitOldest();
    }
    return report.summary();
  }

  private void take(LineReader lines, byte[] line) {
    if (lines.tooLong()) {
      report.rejected(
          lines.number(), "The line is longer than " + LineReader.MAXIMUM_LINE + " bytes.");
      return;
    }
    if (isBlank(line)) {
      return;
    }
    try {
      gather(parser.parse(lines.number(), line), line.length);
    } catch (ProblemException wrong) {
      report.rejected(lines.number(), wrong.problem().detail());
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte character : line) {
      if (character != ' ' && character != '\t' && character != '\r') {
        return false;
      }
    }
    return true;
  }

  private void gather(ImportRow row, int size) {
    Shard shard = shards.of(row.id());
    ImportBatch batch = gathering.computeIfAbsent(shard, first -> new ImportBatch());
    if (!batch.add(row, size)) {
      report.rejected(row.line(), "The user " + row.id() + " stands on an earlier line.");
    } else if (batch.reaches(BATCH_USERS, BATCH_BYTES)) {
      gathering.remove(shard);
      send(shard, batch);
    }
  }

  private void send(Shard shard, ImportBatch batch) {
    while (inFlight.size() >= BATCHES_IN_FLIGHT) {
      awaitOldest();
    }
    inFlight.add(CompletableFuture.runAsync(() -> write(shard, batch), executor));
  }

  private void write(Shard shard, ImportBatch batch) {
    try {
      done(batch, gate.runOn(shard, new BatchInsert(gate, batch)));
    } catch (SlotNotOwnedException moved) {
      bySlot(batch).forEach(this::writeInSlot);
    } catch (RefusedValueException refused) {
      narrow(batch, refused, half -> write(shard, half));
    }
  }

  /** Finds the rows that the database refuses by halves: it does not tell which ones they are. */
  private void narrow(
      ImportBatch batch, RefusedValueException refused, Consumer<ImportBatch> again) {
    if (batch.size() == 1) {
      batch.rows().forEach(row -> report.rejected(row.line(), refused.problem().detail()));
    } else {
      batch.halves().forEach(again);
    }
  }

  /** Rows whose shard does not own all of them any more: each slot's rows follow their slot. */
  private Map<Integer, ImportBatch> bySlot(ImportBatch batch) {
    Map<Integer, ImportBatch> parts = new HashMap<>();
    for (ImportRow row : batch.rows()) {
      int slot = shards.map().slotOf(row.id());
      parts.computeIfAbsent(slot, first -> new ImportBatch()).add(row, 0);
    }
    return parts;
  }

  private void writeInSlot(int slot, ImportBatch batch) {
    try {
      done(batch, gate.runInSlot(slot, new BatchInsert(gate, batch)).value());
    } catch (RefusedValueException refused) {
      narrow(batch, refused, half -> writeInSlot(slot, half));
    }
  }

  private void done(ImportBatch batch, List<ImportRow> taken) {
    report.imported(batch.size() - taken.size());
    for (ImportRow row : taken) {
      if (row.drawn()) {
        writeRedrawn(row);
      } else {
        report.rejected(row.line(), "There is a user " + row.id() + " already.");
      }
    }
  }

  private void writeRedrawn(ImportRow taken) {
    ImportRow redrawn = parser.redrawn(taken);
    ImportBatch single = new ImportBatch();
    single.add(redrawn, 0);
    write(shards.of(redrawn.id()), single);
  }

  private void awaitOldest() {
    try {
      inFlight.remove().join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof ProblemException problem ? problem : failure;
    }
  }
}
