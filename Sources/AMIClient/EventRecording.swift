public import Base
internal import Glibc
public import AMI
internal import Switchboard

/// Keeps events in a file, secrets masked, as the PBX sent them: for support cases, tests, and demonstrations without a PBX.
///
/// The file is AMI text, as a session would send it, so other tools read it too.
public struct EventRecorder: ~Copyable {
    private let file: Int32

    /// A recorder at the end of a file, which is made if it is not there, readable by its owner only: it has callers' numbers.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public init(path: String) throws(ManagerError) {
        file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw ManagerError(.file, "\(path) cannot be written: \(String(cString: strerror(errno))).")
        }
    }

    deinit { close(file) }

    /// Writes an event down.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public func write(_ event: Message) throws(ManagerError) {
        let masked = WireTrace.masked(event)
        var bytes: [UInt8] = []
        for header in masked.headers {
            bytes += header.name
            if !header.name.isEmpty { bytes += [UInt8(ascii: ":"), UInt8(ascii: " ")] }
            bytes += header.value + [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        }
        bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        guard FileBytes.write(bytes, to: file) else {
            throw ManagerError(.file, "The recording cannot be written: \(String(cString: strerror(errno))).")
        }
    }
}

/// Reads the events of a recording, or of any captured AMI session, back.
public struct EventReplay: ~Copyable {
    private let file: Int32
    private var splitter: PacketSplitter
    private var chunk = [UInt8](repeating: 0, count: 65_536)
    /// Whether the last line that was read has its end.
    private var isLineEnded = false

    /// A replay from the start of a file.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public init(path: String, encoding: TextEncoding = .utf8) throws(ManagerError) {
        file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw ManagerError(.file, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        splitter = PacketSplitter(expectsBanner: false, encoding: encoding)
    }

    deinit { close(file) }

    /// The next event; nil at the end of the file. Replies and the greeting of a captured session are passed over.
    ///
    /// - Throws: ``ManagerError`` if the file cannot be read or is not AMI text.
    public mutating func next() throws(ManagerError) -> Message? {
        while true {
            do {
                while let packet = try splitter.next() {
                    if case .message(let message) = packet, let event = Self.event(in: message) { return event }
                }
            } catch {
                throw ManagerError(error)
            }
            let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            if count < 0 {
                throw ManagerError(.file, "The recording cannot be read: \(String(cString: strerror(errno))).")
            }
            if count > 0 {
                splitter.append(chunk[..<count])
                isLineEnded = chunk[count - 1] == UInt8(ascii: "\n")
            } else if isLineEnded {
                // Many a capture has no empty line after its last message. A line that is cut off counts for nothing.
                splitter.append([UInt8(ascii: "\n")])
                isLineEnded = false
            } else {
                return nil
            }
        }
    }

    /// A captured session begins with the greeting, which has no empty line after it and so is glued to the first message.
    private static func event(in message: Message) -> Message? {
        guard message.headers.first?.name.isEmpty ?? false else { return message.kind == .event ? message : nil }
        let rest = Message(headers: Array(message.headers.dropFirst()), encoding: message.encoding)
        return rest.kind == .event ? rest : nil
    }
}

enum FileBytes {
    static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
