import Base
import Glibc

/// The reader of our stdout has closed it: there is nobody left to write for, and nothing has failed.
struct BrokenPipe: Error {}

/// Data for stdout: written completely, unbuffered, and with errors such as a full disk reported.
enum StandardOutput {
    static func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }

    static func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Writes only as much at a time as is sure not to block, and waits for a slow reader in a way that cancellation
    /// can end.
    static func writeWaiting(_ text: String) async throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            var ready = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
            guard poll(&ready, 1, 0) > 0 else {
                try await Task.sleep(for: .milliseconds(5))
                continue
            }
            // A pipe that is ready takes this much in full (POSIX, PIPE_BUF).
            let part = rest.prefix(4096)
            try part.withUnsafeBytes { try write($0) }
            rest = rest.dropFirst(part.count)
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                throw BrokenPipe()
            } else if errno == EAGAIN {
                var ready = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                throw Failure(
                    errno == ENOSPC ? .tryAgainLater : .failed,
                    "Cannot write to stdout: \(String(cString: strerror(errno)))."
                )
            }
        }
    }
}
