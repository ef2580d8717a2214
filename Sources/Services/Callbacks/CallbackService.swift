import Base
public import Configuration
import Postgres
import Reporting
import Warehouse

/// The callers who did not get through, as a worklist: who is owed a call, who takes care of it, and the result.
///
/// The report `lost-visits` determines who was lost and who was spoken to; only what users enter is stored in addition.
public struct CallbackService: Sendable {
    /// How many whole days before today a list covers by default.
    public static let usualDays = 7

    private let settings: Settings
    private let access: WarehouseAccess

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) {
        self.settings = settings
        access = WarehouseAccess(settings)
    }

    /// The list.
    ///
    /// - Parameters:
    ///   - days: The number of whole days before today to cover.
    ///   - pbx: Only callers of this PBX.
    /// - Throws: the same errors as `ReportService.run`.
    public func list(days: Int = usualDays, pbx: String? = nil) async throws -> CallbackWorklist {
        var request = ReportsRequest(names: ["lost-visits"])
        (request.window, request.pbx) = (.days(days), pbx)
        let reports = try await ReportService(settings).run(request)
        guard let report = reports.results.first else {
            return CallbackWorklist(callers: [], days: days, zone: .utc)
        }
        let losses = LostCallerLosses(report)
        let callers = try await access.read { warehouse in try losses.callers(warehouse.connection) }
        return CallbackWorklist(
            callers: callers,
            withoutNumber: losses.withoutNumber,
            days: days,
            zone: losses.zone
        )
    }

    /// A caller of the list.
    ///
    /// - Throws: ``ServiceError`` with category `notFound` if the caller is not on the list; the errors of
    ///   ``list(days:pbx:)``.
    public func caller(_ id: String, days: Int = usualDays) async throws -> LostCaller {
        guard let caller = try await list(days: days).callers.first(where: { $0.id == id }) else {
            throw ServiceError(.notFound, "No caller in the list has the id \(id). Load the list again.")
        }
        return caller
    }

    /// Assigns a caller to a user.
    ///
    /// - Parameter takesOver: Whether the caller is taken over from another user.
    /// - Throws: ``ServiceError`` with category `refused` if another user has the caller, or there is nothing left to
    ///   do.
    public func claim(_ caller: LostCaller, by user: String, takesOver: Bool = false) async throws {
        try check(caller)
        let parameters: [Parameter] = [
            .text(caller.pbx), .text(caller.key), .text(user), .moment(caller.lostAt),
            .bool(takesOver),
        ]
        let changed = try await change(SQLFiles.Callbacks.claim, parameters)
        guard changed > 0 else {
            throw ServiceError(
                .refused,
                "\(caller.claimedBy ?? "Somebody else") is already taking care of this caller. An operator can take over."
            )
        }
    }

    /// Takes a caller from the assigned user.
    ///
    /// - Parameter user: Only from this user; nil for anybody.
    /// - Throws: ``ServiceError`` with category `refused` if the caller is not assigned to that user.
    public func release(_ caller: LostCaller, from user: String?) async throws {
        let changed = try await change(
            SQLFiles.Callbacks.release,
            [.text(caller.pbx), .text(caller.key), .text(user)]
        )
        guard changed > 0 else { throw ServiceError(.refused, "You are not taking care of this caller.") }
    }

    /// Records that nothing more is to be done for a caller.
    ///
    /// - Parameter note: The result, cut to 500 characters.
    /// - Throws: ``ServiceError`` with category `refused` if there is nothing to do.
    public func finish(_ caller: LostCaller, by user: String, note: String?) async throws {
        try check(caller)
        let text = note.map { String($0.prefix(500)) }
        _ = try await change(
            SQLFiles.Callbacks.done,
            [.text(caller.pbx), .text(caller.key), .text(user), .text(text)]
        )
    }

    private func check(_ caller: LostCaller) throws(ServiceError) {
        if caller.isOwed { return }
        let who = (caller.state == .done ? caller.doneBy : caller.spokenBy) ?? "Somebody"
        throw ServiceError(
            .refused,
            caller.state == .done
                ? "\(who) has marked this caller as done." : "\(who) has spoken to the caller since."
        )
    }

    private func change(_ sql: String, _ parameters: [Parameter]) async throws -> Int {
        try await access.read { warehouse in try warehouse.connection.query(sql, parameters).affected }
    }
}
