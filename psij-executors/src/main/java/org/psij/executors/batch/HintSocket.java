package org.psij.executors.batch;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.psij.PsijException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one UDP socket of this process at which scripts knock when something has happened. A datagram
 * holds the id of a job and nothing else, so that whoever forges one causes a look at its status
 * file. However many come, a job is looked at once at a time.
 */
final class HintSocket {
  private static final Logger LOG = LoggerFactory.getLogger(HintSocket.class);
  private static final int LONGEST_ID = 64;
  private static final int RECEIVE_BUFFER = 4 << 20;

  /** The socket of this process while an executor wants it; guarded by this class. */
  private static final AtomicReference<@Nullable HintSocket> CURRENT = new AtomicReference<>();

  private int members;

  private final DatagramSocket socket;
  private final Map<String, Set<BatchRun>> runs = new ConcurrentHashMap<>();
  private final Set<String> knocked = ConcurrentHashMap.newKeySet();
  private final Semaphore work = new Semaphore(0);
  private final Thread receiver = daemon("psij-hints", this::receive);
  private final Thread reader = daemon("psij-hint-reader", this::lookAtKnocked);

  private HintSocket(int port) throws SocketException {
    socket = new DatagramSocket(port);
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    receiver.start();
    reader.start();
  }

  /**
   * Joins the socket of this process, which is opened with the first executor that does.
   *
   * @param port the port to open it at
   * @throws PsijException if it cannot be opened
   */
  static synchronized HintSocket join(int port) {
    try {
      HintSocket socket = CURRENT.get();
      if (socket == null) {
        socket = new HintSocket(port);
        CURRENT.set(socket);
      }
      socket.members++;
      return socket;
    } catch (IOException e) {
      throw new PsijException("Cannot listen for hints at UDP port " + port + ": " + e, e);
    }
  }

  /** Leaves the socket, which is closed with the last executor that does. */
  void leave() {
    synchronized (HintSocket.class) {
      members--;
      if (members > 0) {
        return;
      }
      CURRENT.set(null);
      socket.close();
    }
    joinThreads();
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Says where scripts can knock.
   *
   * @return lines of an address and the port, with the loopback address last
   */
  List<String> addresses() throws SocketException {
    List<String> lines = new ArrayList<>();
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .map(this::line)
        .forEach(lines::add);
    lines.add(line(InetAddress.getLoopbackAddress()));
    return lines;
  }

  private String line(InetAddress address) {
    return address.getHostAddress() + " " + socket.getLocalPort();
  }

  void add(String jobId, BatchRun run) {
    runs.computeIfAbsent(jobId, missing -> ConcurrentHashMap.newKeySet()).add(run);
  }

  void remove(String jobId, BatchRun run) {
    runs.computeIfPresent(
        jobId,
        (id, present) -> {
          present.remove(run);
          return present.isEmpty() ? null : present;
        });
  }

  private void receive() {
    byte[] bytes = new byte[LONGEST_ID];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
      try {
        socket.receive(packet);
        String id = new String(bytes, 0, packet.getLength(), StandardCharsets.US_ASCII);
        if (runs.containsKey(id) && knocked.add(id)) {
          work.release();
        }
      } catch (IOException e) {
        LOG.trace("No hint", e); // closed, or a network error that the next poll makes up for
      }
    }
  }

  private void lookAtKnocked() {
    try {
      while (!socket.isClosed()) {
        work.acquire();
        work.drainPermits();
        for (String id : List.copyOf(knocked)) {
          knocked.remove(id); // before the look: whoever knocks meanwhile is heard
          runs.getOrDefault(id, Set.of()).forEach(HintSocket::look);
        }
      }
    } catch (InterruptedException e) {
      LOG.trace("Closed", e);
    }
  }

  private static void look(BatchRun run) {
    try {
      run.hinted();
    } catch (RuntimeException | Error e) {
      LOG.error("Job {} (native id {}): a hint failed", run.job().getId(), run.nativeId(), e);
    }
  }

  private void joinThreads() {
    reader.interrupt();
    for (Thread thread : List.of(receiver, reader)) {
      if (thread != Thread.currentThread()) {
        try {
          thread.join(1000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
