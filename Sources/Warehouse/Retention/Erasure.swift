public import Base
public import Postgres

/// Erases a person's number from the warehouse.
///
/// Calls, legs, visits and events are kept, so that reports still add up; the number, the names recorded with it and
/// the link to the contact are removed.
public struct Erasure: Sendable {
    /// Rows that were changed or removed, by table.
    public struct Summary: Sendable, Hashable {
        /// In the order in which the tables are processed.
        public internal(set) var rows: [Row] = []

        /// A table and how many of its rows were affected.
        public struct Row: Sendable, Hashable {
            /// The table, without schema.
            public let table: String
            /// The number of rows.
            public var count: Int
        }

        /// An empty summary.
        public init() {}

        /// The total number of rows.
        public var total: Int { rows.reduce(0) { $0 + $1.count } }

        mutating func add(_ count: Int, of table: String) {
            if let index = rows.firstIndex(where: { $0.table == table }) {
                rows[index].count += count
            } else {
                rows.append(Row(table: table, count: count))
            }
        }
    }

    private let numbers: [String]
    private let pattern: String

    /// - Parameters:
    ///   - numbers: The number's forms in E.164, `+…`.
    ///   - pattern: A regular expression that finds it in texts. Its first group matches the text before the number.
    public init(numbers: [String], pattern: String) {
        (self.numbers, self.pattern) = (numbers, pattern)
    }

    /// Erases what was recorded before a moment.
    ///
    /// - Parameters:
    ///   - connection: In a transaction.
    ///   - moment: Newer records are kept.
    ///   - removesContacts: Whether contacts that have the number are removed too.
    /// - Throws: `PostgresError`.
    public func run(
        _ connection: borrowing Connection,
        before moment: Moment,
        removesContacts: Bool,
        into summary: inout Summary
    ) throws {
        let (text, before, all) = (Parameter.text(pattern), Parameter.moment(moment), Parameter.textArray(numbers))
        summary.add(try connection.query(SQLFiles.Forget.legs, [text, before]).affected, of: "cdr")
        summary.add(try connection.query(SQLFiles.Forget.calls, [text, before, all]).affected, of: "call")
        summary.add(try connection.query(SQLFiles.Forget.visits, [text, before, all]).affected, of: "queue_visit")
        summary.add(try connection.query(SQLFiles.Forget.events, [text, before]).affected, of: "queue_event")
        summary.add(try connection.query(SQLFiles.Forget.rejects, [text]).affected, of: "reject")
        let callbacks = try connection.query(SQLFiles.Forget.callbacks, [text, before, all], format: .binary)
            .first { row throws(PostgresError) in try row.int64(0) }
        summary.add(Int(clamping: callbacks ?? 0), of: "callback")
        guard removesContacts else { return }
        let contacts = try connection.query(SQLFiles.Forget.contacts, [all], format: .binary)
            .first { row throws(PostgresError) in try row.int64(0) }
        summary.add(Int(clamping: contacts ?? 0), of: "contact")
    }
}

extension ForgottenNumbers {
    /// The hash of a number under the list's key, as the server computes it.
    ///
    /// - Throws: `PostgresError`.
    public func hash(of number: String, _ connection: borrowing Connection) throws -> String {
        let keys = paddedKeys
        return try connection.query(SQLFiles.Forget.hash, [.text(number), .bytes(keys.inner), .bytes(keys.outer)])
            .first { row throws(PostgresError) in try row.text(0) } ?? ""
    }

    /// Writes the list's entries to the warehouse.
    ///
    /// - Throws: `PostgresError`.
    public func remember(_ connection: borrowing Connection) throws {
        for entry in entries {
            _ = try connection.query(SQLFiles.Forget.remember, [.text(entry.hash), .moment(entry.moment)])
        }
    }

    /// The numbers on the list that occur in calls or visits that began in a span of time but before the number was
    /// forgotten.
    ///
    /// - Parameter start: `nil` for the whole warehouse.
    /// - Throws: `PostgresError`.
    public func returned(
        since start: Moment? = nil,
        _ connection: borrowing Connection
    ) throws -> [(number: String, moment: Moment)] {
        guard let last = entries.map(\.moment).max() else { return [] }
        let keys = paddedKeys
        return try connection.query(
            SQLFiles.Forget.candidates,
            [.moment(last), .moment(start ?? .distantPast), .bytes(keys.inner), .bytes(keys.outer)],
            format: .binary
        ).map { row throws(PostgresError) in (try row.text(0), try row.moment(1)) }
    }
}
