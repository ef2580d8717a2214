public import AMIClient
public import Base
import CallRecords
public import Configuration
import Extract
public import Pipeline

/// Reads the audit log: who requested what from the PBX, and the result.
public struct AuditService: Sendable {
    private let settings: Settings

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// The requests to a PBX, oldest first. The two lines of a request become one record; a request without an outcome
    /// is still in progress, or its program was killed. Rotated parts of the log are read too.
    /// - Parameters:
    ///   - request: Which requests to return.
    ///   - now: The time to which open windows extend.
    /// - Throws: `ConfigurationError`, or `ExtractError` if the log cannot be read.
    public func orders(_ request: AuditRequest, now: Moment = Moment.now) throws -> AuditResult {
        let pbx = try settings.pbx(request.pbx)
        let path = try settings.dialGuard(ofPBX: pbx.name).auditLog
        let zone = try pbx.timeZone.map { try ZoneFiles.load($0) } ?? .utc
        let window = request.window.window(in: zone, now: now)
        var fold = AuditFold(limit: request.limit)
        try LogFiles(of: path).lines { line in
            // A record's time ends in Z.
            let record = AuditRecord(line: line) { text in
                guard case .instant(let seconds) = WrittenTime(String(text))?.meaning else { return nil }
                return Moment(seconds: seconds)
            }
            guard let record else { return fold.unreadable += 1 }
            guard record.pbx == pbx.name,
                request.command.map({ record.command == $0 || record.command.hasPrefix($0 + " ") }) ?? true
            else { return }
            fold.add(record, isInWindow: window.contains(record.time))
        }
        return AuditResult(records: fold.records, unreadable: fold.unreadable, isCut: fold.isCut)
    }
}

/// Which audit records to return.
public struct AuditRequest: Sendable {
    /// The PBX; nil for the default PBX.
    public var pbx: String?
    /// When they were made.
    public var window = WindowRequest.all
    /// Only this command, such as `originate` or `queue`.
    public var command: String?
    /// At most this many; the newest are kept.
    public var limit = 1000

    /// All records.
    public init() {}
}

/// The newest records, with the two lines of a request combined.
private struct AuditFold {
    let limit: Int
    var unreadable = 0
    private(set) var isCut = false
    private var order: [String] = []
    private var byID: [String: AuditRecord] = [:]
    /// Requests made outside the window whose outcome was not seen yet.
    private var strangers: Set<String> = []

    init(limit: Int) { self.limit = max(1, limit) }

    var records: [AuditRecord] { order.suffix(limit).compactMap { byID[$0] } }

    /// Adds a line. A request belongs to the time at which it was made, whenever its outcome came.
    mutating func add(_ record: AuditRecord, isInWindow: Bool) {
        if let first = byID[record.id] {
            var record = record
            record.time = first.time
            byID[record.id] = record
            return
        }
        if strangers.remove(record.id) != nil { return }
        guard isInWindow else {
            // Those of killed programs remain; there are never this many.
            if strangers.count >= 100_000 { strangers.removeAll() }
            if record.outcome == nil { strangers.insert(record.id) }
            return
        }
        byID[record.id] = record
        order.append(record.id)
        isCut = isCut || order.count > limit
        guard order.count >= 2 * limit + 1 else { return }
        for id in order.prefix(limit) { byID[id] = nil }
        order.removeFirst(limit)
    }
}

/// Requests and their outcomes.
public struct AuditResult: ServiceResult {
    /// The requests, oldest first.
    public let records: [AuditRecord]
    /// Lines of the log that are not valid records.
    public let unreadable: Int
    /// Whether there are older ones.
    public let isCut: Bool

    /// The members `orders` (objects as in the log), `unreadable` and `more`.
    public var json: JSON {
        .object([
            ("orders", .array(records.map(\.json))), ("unreadable", .integer(unreadable)), ("more", .boolean(isCut)),
        ])
    }
}
