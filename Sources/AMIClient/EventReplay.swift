public import AMI
public import Base

/// Reads back the events of a recording, or of any captured AMI session.
public struct EventReplay: ~Copyable {
    private let file: InputPipe
    private var splitter: PacketSplitter
    private var chunk = [UInt8](repeating: 0, count: 65_536)
    /// Whether the last line that was read is complete.
    private var isLineEnded = false

    /// A replay from the beginning of a file.
    ///
    /// - Throws: ``ManagerError`` with code `noRecording` or `file`.
    public init(path: String, encoding: TextEncoding = .utf8) throws(ManagerError) {
        do throws(FileError) { file = try InputPipe(path: path) } catch {
            throw error.category == .noInput ? ManagerError(.noRecording, error.description) : ManagerError(error)
        }
        splitter = PacketSplitter(expectsBanner: false, encoding: encoding)
    }

    /// The next event; nil at the end of the file. Replies and the greeting of a captured session are skipped.
    ///
    /// - Throws: ``ManagerError`` with code `badRecording` if the file is not AMI text, or `file`.
    public mutating func next() throws(ManagerError) -> Message? {
        while true {
            do {
                while let packet = try splitter.next() {
                    if case .message(let message) = packet, let event = Self.event(in: message) { return event }
                }
            } catch {
                throw ManagerError(.badRecording, "\(file.path) is not a recording of events: \(error)")
            }
            let count: Int
            do throws(FileError) {
                count = try file.read(into: &chunk)
            } catch {
                throw ManagerError(error)
            }
            if count > 0 {
                splitter.append(chunk[..<count])
                isLineEnded = chunk[count - 1] == UInt8(ascii: "\n")
            } else if isLineEnded {
                // Many captures have no empty line after their last message. A line that is cut off is ignored.
                splitter.append([UInt8(ascii: "\n")])
                isLineEnded = false
            } else {
                return nil
            }
        }
    }

    /// A captured session begins with the greeting. No empty line follows it, so it becomes part of the first message.
    private static func event(in message: Message) -> Message? {
        guard message.headers.first?.name.isEmpty ?? false else { return message.kind == .event ? message : nil }
        let rest = Message(headers: Array(message.headers.dropFirst()), encoding: message.encoding)
        return rest.kind == .event ? rest : nil
    }
}
