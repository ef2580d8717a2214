import Glibc

/// Input that a person types or a script pipes in.
enum StandardInput {
    /// More than any answer or password needs.
    private static let limit = 4096

    /// The first line, without its end; nil if stdin is at its end or the line does not end.
    ///
    /// Throws `CancellationError` on a signal, so that the terminal can be restored.
    static func line() throws -> String? {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            guard Interruption.shared.signal == nil else { throw CancellationError() }
            var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 100) > 0 else { continue }
            var byte: UInt8 = 0
            // One byte at a time: what follows the line belongs to other readers.
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            if count <= 0 { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") {
                if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
                return String(decoding: bytes, as: UTF8.self)
            }
            bytes.append(byte)
        }
        return nil
    }
}
