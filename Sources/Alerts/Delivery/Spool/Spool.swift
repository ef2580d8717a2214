import Base
import Glibc
import Synchronization

/// Messages on their way to receivers, in a file of JSON lines that survives a crash at any moment.
///
/// A message is on the disk before ``accept(_:)`` returns, and stays until its receiver has it, refuses it, or does not
/// take it for a day. A receiver may get a message twice, with the same id, but none is lost. The file belongs to this
/// user only, because messages mention callers.
public final class Spool: Sendable {
    /// How large the spool may become.
    public struct Limits: Sendable {
        /// Bytes of the file.
        public var bytes = 64 << 20
        /// Messages that wait.
        public var messages = 10_000
        /// Bytes of the file below which it is not compacted.
        public var compactionFloor = 1 << 20

        /// The usual limits.
        public init() {}
    }

    private static let advice = "Check the receivers with `crm-voip alerts send-test`."

    private struct Held: ~Copyable {
        let lock: OpenFile
        var file: OpenFile
        var state: SpoolState
        var size: Int64
        /// The size at which the file is compacted next.
        var compactAt: Int64
        /// Whether the file ends in a part of a line.
        var isTorn = false
        /// Whether the file has been replaced by one that could not be opened.
        var isReplaced = false
        var damaged: Int
    }

    private let path: String
    private let limits: Limits
    private let held: Mutex<Held>

    /// Opens the spool in a folder, and continues with what an earlier program left.
    ///
    /// - Throws: ``DeliveryError`` with code `locked` if another program has it open, or `file`.
    public init(folder: String, limits: Limits = Limits()) throws(DeliveryError) {
        path = "\(folder)/alerts-spool.jsonl"
        self.limits = limits
        do {
            let lock = try OpenFile(updating: "\(folder)/alerts-spool.lock", folders: 0o700)
            // A process that is just being started shares our descriptors for a moment, and with them the lock.
            guard (try? lock.lock(seconds: 1)) != nil else {
                throw DeliveryError(
                    .locked,
                    "Another crm-voip is already delivering the alerts of \(folder). Stop it, or use another data directory."
                )
            }
            // Its name has to be on the disk as well as its lines.
            if access(path, F_OK) != 0 { try AtomicFile.replace(path, with: []) }
            let file = try OpenFile(appendingTo: path)
            let bytes = try file.read(Int(clamping: file.size), at: 0)
            let found = SpoolState.folding(bytes)
            let isTorn = found.length < bytes.count
            if isTorn { try file.truncate(to: Int64(found.length)) }
            held = Mutex(
                Held(
                    lock: lock,
                    file: file,
                    state: found.state,
                    size: Int64(found.length),
                    compactAt: Int64(limits.compactionFloor),
                    damaged: found.damaged + (isTorn ? 1 : 0)
                )
            )
        } catch let error as FileError {
            throw DeliveryError(error)
        } catch let error as DeliveryError {
            throw error
        } catch {
            throw DeliveryError(.file, "The spool in \(folder) cannot be opened.", underlying: error)
        }
    }

    /// Lines that could not be read when the spool was opened: at most the last one, which was being written when the
    /// program was killed, unless the disk is damaged.
    public var damagedLines: Int { held.withLock { $0.damaged } }

    /// Reads from the current state.
    func read<Value>(_ body: (SpoolState) -> Value) -> Value { held.withLock { body($0.state) } }

    /// Takes a message. It is on the disk when this returns. One with a known id is ignored.
    ///
    /// - Throws: ``DeliveryError`` with code `full` or `file`; the message has not been taken then.
    public func accept(_ message: AlertMessage) throws(DeliveryError) {
        let failure = held.withLock { held -> DeliveryError? in
            if held.state.knows(message.id) { return nil }
            guard held.state.count < limits.messages else {
                return DeliveryError(
                    .full,
                    "\(held.state.count) messages are waiting, and no more are kept. \(Self.advice)"
                )
            }
            // Calls never take the room of alerts.
            guard message.reason != .call || held.state.calls < limits.messages / 2 else {
                return DeliveryError(
                    .full,
                    "\(held.state.calls) messages about calls are waiting, and no more are kept. \(Self.advice)"
                )
            }
            var records: [SpoolRecord] = [.queued(message: message)]
            // A receiver that was told by way of another's failure that something began is also told that it is over.
            if message.reason == .resolved, let fallback = held.state.diverted[message.receiver]?[message.group] {
                records.append(.copied(id: message.id, receiver: message.receiver, fallback: fallback))
            }
            return append(records, to: &held)
        }
        if let failure { throw failure }
    }

    /// Records what has become of messages. If that cannot be written, it holds until the program ends, and the
    /// messages are sent again after the next start.
    ///
    /// - Throws: ``DeliveryError`` if it could not be written.
    func settle(_ record: SpoolRecord) throws(DeliveryError) {
        let failure = held.withLock { held -> DeliveryError? in
            guard let failure = append([record], to: &held) else { return nil }
            held.state.apply(record)
            held.compactAt = 0
            return failure
        }
        if let failure { throw failure }
    }

    /// Writes lines and waits until they are on the disk. Either all are in the file and in the state, or none.
    private func append(_ records: [SpoolRecord], to held: inout Held) -> DeliveryError? {
        var bytes: [UInt8] = []
        for record in records {
            guard let line = try? record.line() else { return DeliveryError(.file, "A message cannot be encoded.") }
            bytes += line
        }
        if held.size + Int64(bytes.count) > Int64(limits.bytes) {
            compact(&held)
            guard held.size + Int64(bytes.count) <= Int64(limits.bytes) else {
                return DeliveryError(
                    .full,
                    "The spool of alerts has reached its limit of \(limits.bytes >> 20) MiB. \(Self.advice)"
                )
            }
        }
        do throws(FileError) {
            if held.isReplaced { try reopen(&held) }
            try held.file.write((held.isTorn ? [UInt8(ascii: "\n")] : []) + bytes)
            try held.file.synchronise()
        } catch {
            held.isTorn = (try? held.file.truncate(to: held.size)) == nil
            return DeliveryError(error)
        }
        if held.isTorn {
            held.isTorn = false
            held.size = held.file.size
        } else {
            held.size += Int64(bytes.count)
        }
        for record in records { held.state.apply(record) }
        if held.size >= held.compactAt { compact(&held) }
        return nil
    }

    /// Replaces the file with one that holds only what is still of use. A failure leaves the file as it is.
    private func compact(_ held: inout Held) {
        var bytes: [UInt8] = []
        for record in held.state.records {
            guard let line = try? record.line() else { return }
            bytes += line
        }
        do throws(FileError) {
            try AtomicFile.replace(path, with: bytes)
            held.isReplaced = true
            held.isTorn = false
            held.size = Int64(bytes.count)
            held.compactAt = max(Int64(limits.compactionFloor), 2 * held.size)
            try reopen(&held)
        } catch {
            held.compactAt = held.size + Int64(limits.compactionFloor)
        }
    }

    private func reopen(_ held: inout Held) throws(FileError) {
        held.file = try OpenFile(appendingTo: path)
        held.isReplaced = false
    }
}
