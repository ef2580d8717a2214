import AMIClient
import Base
import Synchronization

/// Records who looked at whose calls: JSON lines in a private file.
final class AccessLog: Sendable {
    private let path: String
    private let report: @Sendable (String) -> Void
    private let isBroken = Atomic(false)
    private let noted = Mutex<[String: Moment]>([:])
    /// The time for which one line covers repeated looks at live data.
    private static let often = Duration.seconds(600)

    /// A log that appends to a file, which is created when needed.
    init(path: String, report: @escaping @Sendable (String) -> Void) { (self.path, self.report) = (path, report) }

    /// Records a look at live data: once in ten minutes, however often it is requested.
    func noteOften(_ exchange: Exchange, _ what: String, _ which: String) {
        let now = Moment.now
        let key = "\(exchange.identity?.name ?? "")\u{0}\(exchange.request.client)\u{0}\(what)\u{0}\(which)"
        let isNew = noted.withLock { noted in
            if let last = noted[key], now - last < Self.often, now >= last { return false }
            if noted.count >= 10_000 { noted = noted.filter { now - $0.value < Self.often } }
            if noted.count >= 10_000 { noted.removeAll() }
            noted[key] = now
            return true
        }
        if isNew { note(exchange, what, which) }
    }

    /// Records a look at the calls that a query finds.
    func note(_ exchange: Exchange, _ what: String, _ query: FormFields) {
        let parts = query.fields.map { field in
            let value = field.name == "number" ? NumberMask.hidingEnd(of: field.value) : field.value
            return "\(field.name)=\(value)"
        }
        note(exchange, what, parts.joined(separator: "&"))
    }

    /// Records a look at something. Numbers are written as in the audit log, without their last four digits.
    func note(_ exchange: Exchange, _ what: String, _ which: String) {
        let json: JSON = [
            "time": .string(Moment.now.iso8601),
            "user": .string(exchange.identity?.name ?? ""), "role": .string(exchange.role.rawValue),
            "address": .string(exchange.request.client), "what": .string(what),
            "which": .string(NumberMask.masked(which)),
        ]
        do {
            try Folder.make(Folder.parent(of: path))
            let file = try OpenFile(appendingTo: path)
            try file.write((json.line + "\n").utf8)
            isBroken.store(false, ordering: .relaxed)
        } catch {
            // Reported once, not for every page.
            if !isBroken.exchange(true, ordering: .relaxed) {
                report("Access to calls cannot be logged: \(error)")
            }
        }
    }
}
