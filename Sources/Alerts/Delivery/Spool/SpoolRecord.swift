import Base
import FoundationEssentials

/// One line of the spool. The state of the spool is what all its lines, in order, amount to.
enum SpoolRecord: Sendable, Equatable, Codable {
    /// A message has been taken.
    case queued(message: AlertMessage)
    /// A message for a receiver that does not answer has also been queued for another one.
    case copied(id: String, receiver: String, fallback: String)
    /// The receiver has these messages; several were sent as one.
    case delivered(receiver: String, ids: [String], at: Moment)
    /// The receiver refused them for good.
    case failed(receiver: String, ids: [String], at: Moment, reason: String)
    /// The receiver did not take them for a day.
    case expired(receiver: String, ids: [String], at: Moment, reason: String)

    // What compaction writes instead of the lines that it removes.

    /// A message that was queued, with what has happened to it.
    case pending(message: AlertMessage, isCopied: Bool, isCopy: Bool)
    /// A group of which the receiver knows that it fires.
    case conversation(receiver: String, root: String, message: AlertMessage)
    /// A group of which the receiver should know that it fired, and does not.
    case owed(receiver: String, message: AlertMessage)
    /// A group of which another receiver was told as well.
    case diverted(receiver: String, group: String, fallback: String)
    /// The figures of a receiver.
    case counted(receiver: String, figures: SpoolState.Figures)
    /// Messages that were settled lately, so that they are not taken again.
    case settled(ids: [String])

    /// The line, with its line feed.
    func line() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// A line without its line feed; nil if it is damaged.
    init?(line: some Sequence<UInt8>) {
        guard let record = try? JSONDecoder().decode(SpoolRecord.self, from: Data(line)) else { return nil }
        self = record
    }
}
