package quayside.callback.journal;

import static quayside.log.LogField.REASON;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes: takes what waits as one group, writes it, fsyncs once, acknowledges
 * each. While one group is on its way to the disk the next one gathers, so that the disk's speed
 * sets the size of the groups. After a failure all is refused until a segment can be made again,
 * which is tried every second.
 */
final class GroupWriter implements Runnable {
  private static final Logger LOG = Logger.getLogger(GroupWriter.class);
  private static final int GROUP_BYTES = 1 << 20;
  private static final long TICK_MILLIS = 1000;

  /** Ends a wait early. */
  private static final Pending WAKE = new Pending(new byte[0]);

  private final SegmentLog log;
  private final Clock clock;
  private final Backlog backlog;
  private final Room room;
  private final Room waitingRoom;
  private final Counters counters;
  private final BlockingQueue<Pending> waiting;
  private final ByteBuffer frames;
  private final List<Pending> group = new ArrayList<>();
  private volatile @Nullable JournalRefusedException trouble;
  private volatile boolean stopping;
  private volatile boolean stopped;

  /**
   * A writer.
   *
   * @param room what the records take on the disk; each submitted one has its place already, given
   *     back if it fails
   */
  GroupWriter(
      SegmentLog log,
      JournalLimits limits,
      Clock clock,
      Backlog backlog,
      Room room,
      Counters counters) {
    this.log = log;
    this.clock = clock;
    this.backlog = backlog;
    this.room = room;
    this.waitingRoom = new Room(limits.maxWaitingBytes());
    this.counters = counters;
    this.waiting = new ArrayBlockingQueue<>(limits.maxWaitingRecords());
    this.frames =
        ByteBuffer.allocateDirect(GROUP_BYTES + FrameHeader.BYTES + limits.maxRecordBytes());
  }

  /** Why nothing can be written now, or null. Any thread. */
  @Nullable JournalRefusedException trouble() {
    return trouble;
  }

  /** Whether another record of this size could wait. Any thread. */
  boolean hasRoomFor(long frameBytes) {
    return waitingRoom.fits(frameBytes) && waiting.remainingCapacity() > 0;
  }

  /** Queues a record; false when too much waits already. Any thread, never blocks. */
  boolean submit(Pending record) {
    if (!waitingRoom.reserve(record.frameBytes())) {
      return false;
    }
    if (!waiting.offer(record)) {
      waitingRoom.release(record.frameBytes());
      return false;
    }
    if (stopped && waiting.remove(record)) {
      refuse(record, new JournalRefusedException(Refusal.CLOSED, "the journal is closed"));
    }
    return true;
  }

  /** Asks the thread to write what waits, and end. */
  void stop() {
    stopping = true;
    if (!waiting.offer(WAKE)) {
      LOG.debug("the journal's writer is busy, hence awake");
    }
  }

  @Override
  public void run() {
    tick();
    try {
      while (!stopping || !waiting.isEmpty()) {
        Pending first = take();
        if (first == null || first == WAKE) {
          tick();
        } else {
          write(first);
        }
      }
      log.close();
    } finally {
      end();
    }
  }

  private void end() {
    JournalRefusedException closed =
        new JournalRefusedException(Refusal.CLOSED, "the journal is closed");
    trouble = closed;
    stopped = true;
    for (Pending late = waiting.poll(); late != null; late = waiting.poll()) {
      refuse(late, closed);
    }
  }

  private @Nullable Pending take() {
    try {
      return waiting.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stopping = true;
      return null;
    }
  }

  private void tick() {
    try {
      log.check();
      log.rotateWhenDrained(backlog);
      recovered();
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void write(Pending first) {
    int bytes = gather(first);
    try {
      long sequence = log.nextSequence();
      long now = clock.millis();
      encode(log.segmentFor(bytes), sequence, now);
      log.append(frames, group.size());
      recovered();
      backlog.appended(sequence + group.size(), now);
      acknowledge(sequence);
    } catch (IOException | RuntimeException e) {
      JournalRefusedException why = failed(e);
      group.forEach(record -> refuse(record, why));
    }
    group.clear();
  }

  private int gather(Pending first) {
    int bytes = 0;
    for (Pending next = first; next != null; ) {
      if (next != WAKE) {
        group.add(next);
        bytes += next.frameBytes();
      }
      next = bytes < GROUP_BYTES ? waiting.poll() : null;
    }
    return bytes;
  }

  private void encode(Segment segment, long firstSequence, long now) {
    frames.clear();
    for (int i = 0; i < group.size(); i++) {
      group.get(i).write(frames, segment.name().marker(), firstSequence + i, now);
    }
    frames.flip();
  }

  private void acknowledge(long firstSequence) {
    counters.appended.add(group.size());
    for (int i = 0; i < group.size(); i++) {
      Pending record = group.get(i);
      waitingRoom.release(record.frameBytes());
      record.acknowledgement().complete(new Position(firstSequence + i));
    }
  }

  private void refuse(Pending record, JournalRefusedException why) {
    if (record == WAKE) {
      return;
    }
    waitingRoom.release(record.frameBytes());
    room.release(record.frameBytes());
    counters.refused(why.refusal());
    record.refuse(why);
  }

  private JournalRefusedException failed(Exception cause) {
    JournalRefusedException why =
        new JournalRefusedException(classify(cause), String.valueOf(cause.getMessage()), cause);
    if (trouble == null) {
      LOG.errorf(cause, "the journal takes no records %s", REASON.of(why.refusal().code()));
    }
    trouble = why;
    return why;
  }

  private void recovered() {
    if (trouble != null) {
      trouble = null;
      LOG.info("the journal takes records again");
    }
  }

  /** The JDK has no type for a full disk; the message is the operating system's. */
  private static Refusal classify(Exception cause) {
    boolean full =
        cause instanceof SegmentLog.DiskFullException
            || String.valueOf(cause.getMessage()).contains("No space left")
            || String.valueOf(cause.getMessage()).contains("Disk quota exceeded");
    return full ? Refusal.DISK_FULL : Refusal.IO_ERROR;
  }
}
