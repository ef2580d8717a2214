import CallRecords
import Glibc
import MariaDB

/// Reads the rows of a window from a table, in the order of its time column, every row exactly once.
///
/// A table whose engine has snapshots is read by one query in one consistent read. While a table without snapshots
/// (MyISAM) is being read, nobody can write to it, and the PBX could not write its CDRs if the warehouse were slow. So
/// it is read quickly: in pages, or in one go if there is no index with which to find the next page.
///
/// A page is continued, and a lost connection restored, in the same way: query again from the time of the last row, and
/// skip the rows of that time that were already passed on.
struct TableScan: ~Copyable {
    /// The query for the table.
    struct Query: Sendable {
        let shape: TableShape
        let time: TimeColumn
        /// Expressions to select, followed by the time column itself.
        let expressions: [String]
        /// Columns that order rows of the same time, if that requires no sorting.
        let tieBreak: String?
        /// nil for the whole table.
        let window: SourceWindow?
    }

    /// How fast a table is read, and how persistently.
    struct Pace: Sendable {
        /// Rows in a page of a table without snapshots.
        var pageRows = 20_000
        /// Seconds to wait before each attempt to reconnect. Their sum is long enough for a server to restart.
        var delays: [UInt32] = [0, 1, 2, 4, 8, 15]
    }

    private let configuration: Configuration
    private let query: Query
    private let pace: Pace
    private var connection: Connection
    private var position = ScanPosition()
    /// Attempts to reconnect since the last row.
    private var attempts = 0
    /// Bounds still to be read, the current one first; empty at the end.
    private var bounds: [(lower: String?, upper: String?)]
    /// How many times a lost connection was restored.
    private(set) var resumptions = 0

    /// Takes over a connection on which nothing has been read yet.
    init(
        _ query: Query,
        on connection: consuming Connection,
        configuration: Configuration,
        pace: Pace
    ) throws(ExtractError) {
        var connection = connection
        do throws(DatabaseError) {
            try Self.prepare(&connection, for: query)
        } catch {
            throw ExtractError(database: error)
        }
        self.connection = connection
        self.configuration = configuration
        self.query = query
        self.pace = pace
        bounds = query.window.map { query.time.bounds($0).map { ($0.lower, $0.upper) } } ?? [(nil, nil)]
    }

    /// The server's id of the current connection.
    var connectionIdentifier: UInt { connection.identifier }

    /// Whether every row was passed on.
    var isAtEnd: Bool { bounds.isEmpty }

    /// Passes on the next rows, at most `count`.
    ///
    /// - Parameters:
    ///   - count: More than 0.
    ///   - body: Called with every row; the selected expressions are its first cells.
    /// - Returns: Whether there may be more.
    /// - Throws: ``ExtractError`` if the remaining rows cannot be read.
    mutating func read(upTo count: Int, _ body: (borrowing Row) -> Void) throws(ExtractError) -> Bool {
        var handedOver = 0
        while handedOver < count, !isAtEnd {
            do throws(DatabaseError) {
                try advance(&handedOver, upTo: count, body)
            } catch {
                try resume(after: error)
            }
        }
        return !isAtEnd
    }

    /// Continues reading the open page, or opens the next one.
    private mutating func advance(
        _ handedOver: inout Int,
        upTo count: Int,
        _ body: (borrowing Row) -> Void
    ) throws(DatabaseError) {
        if !position.isPageOpen {
            if query.shape.hasSnapshots {
                try connection.begin(statement())
            } else {
                try connection.beginDrained(statement())
            }
            position.openPage()
        }
        // The closure must not access self while the connection is in use.
        var position = ScanPosition()
        swap(&position, &self.position)
        let before = handedOver
        defer {
            swap(&position, &self.position)
            if handedOver > before { attempts = 0 }
        }
        let keyCell = query.expressions.count
        while handedOver < count {
            let hasRow = try connection.next { row in
                guard position.isNew(row, key: keyCell) else { return }
                body(row)
                handedOver += 1
            }
            if !hasRow {
                if position.closePage(limit: limit) { finishBounds(&position) }
                return
            }
        }
    }

    private mutating func finishBounds(_ position: inout ScanPosition) {
        bounds.removeFirst()
        position = ScanPosition()
    }

    /// Rows in a page, if the table is read in pages. Without an index, every page would read the whole table.
    private var limit: Int? {
        query.shape.hasSnapshots || index == nil ? nil : pace.pageRows
    }

    /// An index on one of two columns finds only half of the rows.
    private var index: String? {
        query.time.fallback == nil ? query.shape.indexes[query.time.column.name.lowercased()] : nil
    }

    private static func prepare(_ connection: inout Connection, for query: Query) throws(DatabaseError) {
        try connection.prepareForReading()
        if query.shape.hasSnapshots { try connection.beginSnapshot() }
    }

    /// The query for the rows after the position.
    private func statement() -> String {
        let key = query.time.quotedName
        let (lower, upper) = bounds.first ?? (nil, nil)
        var conditions: [String] = []
        if let last = position.key {
            conditions.append("\(key) >= \(connection.literal(String(decoding: last, as: UTF8.self)))")
        } else if let lower {
            conditions.append("\(key) >= \(lower)")
        }
        if let upper { conditions.append("\(key) < \(upper)") }
        return "SELECT " + (query.expressions + [key]).joined(separator: ", ") + " FROM \(query.shape.quotedName)"
            + (index.map { " FORCE INDEX (\(Connection.identifier($0)))" } ?? "")
            + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
            + " ORDER BY \(key)" + (query.tieBreak.map { ", \($0)" } ?? "")
            + (limit.map { " LIMIT \($0 + position.atKey)" } ?? "")
    }

    /// Reconnects after a loss, or gives up.
    private mutating func resume(after error: DatabaseError) throws(ExtractError) {
        guard error.code == .lost || error.code == .timeout else { throw ExtractError(database: error) }
        var latest = error
        while attempts < pace.delays.count {
            sleep(pace.delays[attempts])
            attempts += 1
            do throws(DatabaseError) {
                var fresh = try Connection(configuration)
                try Self.prepare(&fresh, for: query)
                connection = fresh
                position.leavePage()
                resumptions += 1
                return
            } catch {
                latest = error
                guard [.lost, .timeout, .connection].contains(error.code) else { break }
            }
        }
        throw ExtractError(
            .interrupted,
            "reading \(query.shape.name) was interrupted and could not be resumed after \(attempts) attempts: \(latest)"
        )
    }
}
