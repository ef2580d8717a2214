import AMIClient
import Base
import CallRecords
public import Configuration
import Extract
import Glibc
import Load
import Postgres
import Transform
import Warehouse

/// Erases persons from the warehouse and the audit logs, and keeps them from coming back.
public struct ForgetService: Sendable {
    private let settings: Settings
    private let access: WarehouseAccess

    /// A service on one snapshot of the settings.
    ///
    /// - Parameter keepsServer: whether an embedded database keeps running.
    public init(_ settings: Settings, keepsServer: Bool = false) {
        self.settings = settings
        access = WarehouseAccess(settings, keep: keepsServer)
    }

    /// The list of forgotten numbers is stored beside the warehouse's data.
    private var listPath: String { Self.listPath(settings) }

    static func listPath(_ settings: Settings) -> String { "\(settings.warehouse.dataDirectory)/forgotten-numbers" }

    /// Erases a number from calls, legs, queue visits and events, rejects, contacts, audit logs and the file of rejects.
    /// The dial guard's counts contain no numbers.
    ///
    /// - Parameters:
    ///   - text: the number as a person or the PBX writes it.
    ///   - pbx: the PBX whose users write numbers like this; `nil` for the default PBX.
    ///   - isDryRun: whether to count what would be erased without erasing anything.
    /// - Throws: ``ServiceError`` if the text is not a public number or a run is loading; `ConfigurationError`;
    ///   `WarehouseError`; `PostgresError`.
    public func forget(_ text: String, pbx: String? = nil, isDryRun: Bool = false) async throws -> ForgetResult {
        let plan = try NumberPlan(settings.pbx(pbx))
        guard let number = NumberNormaliser(plan: plan).party(text, as: .written).phoneNumber else {
            throw ServiceError(
                .usage,
                "The argument is not a public number. Write it with its country code, as in +4930…."
            )
        }
        let forms = NumberForms(number)
        let now = Moment(seconds: Int64(time(nil)))
        var list = try ForgottenNumbers.read(listPath) ?? ForgottenNumbers()
        let summary = try await locked { connection in
            for form in forms.numbers {
                list.add(.init(hash: try list.hash(of: form.description, connection), moment: now))
            }
            // This is done first: whatever happens later, the number cannot come back unnoticed.
            if !isDryRun { try list.write(to: listPath) }
            var summary = Erasure.Summary()
            try connection.transaction(isDryRun: isDryRun) { connection in
                try list.remember(connection)
                try Erasure(forms).run(connection, before: now, removesContacts: true, into: &summary)
            }
            return summary
        }
        let files = try eraseFromFiles(forms.patternInLogs, isDryRun: isDryRun)
        return ForgetResult(isDryRun: isDryRun, numbers: 1, summary: summary, files: files)
    }

    /// Erases again what came back with a backup or with files that were loaded again.
    ///
    /// - Throws: the errors of ``forget(_:pbx:isDryRun:)``.
    public func replay(isDryRun: Bool = false) async throws -> ForgetResult {
        guard let list = try ForgottenNumbers.read(listPath) else {
            throw ServiceError(.noInput, "No number has been forgotten yet: \(listPath) does not exist.")
        }
        var numbers = 0
        let summary = try await locked { connection in
            var summary = Erasure.Summary()
            try connection.transaction(isDryRun: isDryRun) { connection in
                numbers = try Self.replay(list, removesContacts: true, connection, &summary)
            }
            return summary
        }
        return ForgetResult(isDryRun: isDryRun, numbers: numbers, summary: summary)
    }

    /// Erases again what a run has loaded about forgotten numbers, in the run's transaction. Contacts remain as the CRM
    /// has them.
    static func replay(_ settings: Settings, since start: Moment?, _ connection: borrowing Connection) throws {
        guard let list = try ForgottenNumbers.read(listPath(settings)), !list.entries.isEmpty else { return }
        var summary = Erasure.Summary()
        _ = try replay(list, since: start, removesContacts: false, connection, &summary)
    }

    private static func replay(
        _ list: ForgottenNumbers,
        since start: Moment? = nil,
        removesContacts: Bool,
        _ connection: borrowing Connection,
        _ summary: inout Erasure.Summary
    ) throws -> Int {
        try list.remember(connection)
        let returned = try list.returned(since: start, connection)
        for (text, moment) in returned {
            guard let number = PhoneNumber(e164: text) else { continue }
            try Erasure(NumberForms(number)).run(
                connection,
                before: moment,
                removesContacts: removesContacts,
                into: &summary
            )
        }
        return returned.count
    }

    private func locked<Result>(_ body: (borrowing Connection) throws -> Result) async throws -> Result {
        let result = try await access.change { warehouse in try PBXRegister.withEveryLock(warehouse.connection, body) }
        guard let result else {
            throw ServiceError(.locked, "A run of `crm-voip etl` is loading. Try again when it is done.")
        }
        return result
    }

    private func eraseFromFiles(_ pattern: String, isDryRun: Bool) throws -> ForgetResult.Files {
        var files = ForgetResult.Files()
        // Also the log of who looked at which calls.
        let logs = try Set(settings.pbxNames.map { try settings.dialGuard(ofPBX: $0).auditLog } + [settings.accessLog])
        for path in logs.flatMap({ LogFiles(of: $0).paths }).sorted() {
            if try isCompressed(path, with: pattern, &files) { continue }
            files.auditLines += try AuditLog.erase(pattern, from: path, isDryRun: isDryRun)
        }
        guard let rejects = settings.etl.rejects else { return files }
        for path in LogFiles(of: rejects).paths {
            if try isCompressed(path, with: pattern, &files) { continue }
            files.rejectLines += try AuditLog.erase(pattern, from: path, wholeLines: true, isDryRun: isDryRun)
        }
        for path in LogFiles(of: rejects + ".log").paths where try !isCompressed(path, with: pattern, &files) {
            _ = try AuditLog.erase(pattern, from: path, isDryRun: isDryRun)
        }
        return files
    }

    /// Whether logrotate has compressed a file, which then cannot be changed in place. If it contains the number, it is
    /// named in the result.
    private func isCompressed(_ path: String, with pattern: String, _ files: inout ForgetResult.Files) throws -> Bool {
        guard path.hasSuffix(".gz") else { return false }
        guard let expression = try? Regex(pattern).matchingSemantics(.unicodeScalar) else { return true }
        var hasNumber = false
        try LogFiles(of: path).lines { line in hasNumber = hasNumber || line.contains(expression) }
        if hasNumber { files.unchanged.append(path) }
        return true
    }
}

extension Settings {
    /// The log of who looked at whose calls, which is written by the server.
    public var accessLog: String { "\(warehouse.dataDirectory)/serve-access.log" }
}

extension Erasure {
    init(_ forms: NumberForms) {
        self.init(numbers: forms.numbers.map(\.description), pattern: forms.pattern)
    }
}
