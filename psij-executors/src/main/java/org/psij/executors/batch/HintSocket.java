package org.psij.executors.batch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private final DatagramChannel channel;
  private final Selector selector;
  private final int port;
  private final Map<String, Set<BatchRun>> runs = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::listen, "psij-hints");

  private HintSocket(int port) throws IOException {
    channel = DatagramChannel.open();
    selector = Selector.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    channel.bind(new InetSocketAddress(port)).configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
    this.port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    thread.setDaemon(true);
    thread.start();
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
      close();
    }
    if (thread != Thread.currentThread()) {
      try {
        thread.join(1000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void close() {
    try (selector;
        channel) {
      LOG.trace("No more hints");
    } catch (IOException e) {
      LOG.debug("The socket for hints cannot be closed", e);
    }
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
    return address.getHostAddress() + " " + port;
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

  /** Hears all that knock, looks at one, and so on: a second thread would be told later. */
  private void listen() {
    Set<String> knocked = new LinkedHashSet<>();
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_ID);
    while (selector.isOpen()) {
      try {
        if (knocked.isEmpty()) {
          selector.select(key -> {});
        }
        hear(knocked, bytes);
      } catch (ClosedSelectorException | ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.trace("No hint", e); // a network error that the next poll makes up for
      }
      lookAtOne(knocked);
    }
  }

  private void hear(Set<String> knocked, ByteBuffer bytes) throws IOException {
    while (channel.receive(bytes.clear()) != null) {
      String id = StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
      if (runs.containsKey(id)) {
        knocked.add(id);
      }
    }
  }

  private void lookAtOne(Set<String> knocked) {
    Iterator<String> first = knocked.iterator();
    if (first.hasNext()) {
      String id = first.next();
      first.remove(); // before the look: whoever knocks meanwhile is heard
      runs.getOrDefault(id, Set.of()).forEach(HintSocket::look);
    }
  }

  private static void look(BatchRun run) {
    try {
      run.hinted();
    } catch (RuntimeException e) {
      LOG.error("Job {} (native id {}): a hint failed", run.job().getId(), run.nativeId(), e);
    }
  }
}
