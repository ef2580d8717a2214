import Glibc

/// What a person types, or a script pipes in.
enum StandardInput {
    /// More than any answer or password needs.
    private static let limit = 4096

    /// The first line, without its end; nil where stdin is at its end or its line does not end.
    ///
    /// It ends with `CancellationError` on a signal, so that a terminal can be put back as it was.
    static func line() throws -> String? {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            guard Interruption.shared.signal == nil else { throw CancellationError() }
            var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 100) > 0 else { continue }
            var byte: UInt8 = 0
            // One at a time: what follows the line is somebody else's.
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
