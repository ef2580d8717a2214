public import AMI
import Base

/// Writes events to a file as the PBX sent them, with secrets masked: for support cases, tests, and demonstrations
/// without a PBX.
///
/// The file is AMI text, as sent in a session, so other tools can read it too.
public struct EventRecorder: ~Copyable {
    private let file: OpenFile

    /// A recorder that appends to a file. A missing file is created, readable only by its owner, because it contains
    /// callers' numbers.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public init(path: String) throws(ManagerError) {
        do throws(FileError) { file = try OpenFile(appendingTo: path) } catch { throw ManagerError(error) }
    }

    /// Writes an event.
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
        do throws(FileError) { try file.write(bytes) } catch { throw ManagerError(error) }
    }
}
