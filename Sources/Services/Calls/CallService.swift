import Base
import CallRecords
public import Configuration
import Extract
import Glibc
import Pipeline
import Postgres
import Transform
import Warehouse

/// Finds calls, and describes what happened in one. Changes nothing.
public struct CallService: Sendable {
    private let settings: Settings
    private let access: WarehouseAccess

    /// A service on one snapshot of the settings.
    ///
    /// - Parameter keepsServer: whether an embedded database keeps running.
    public init(_ settings: Settings, keepsServer: Bool = false) {
        self.settings = settings
        access = WarehouseAccess(settings, keep: keepsServer)
    }

    /// Calls, the newest first.
    ///
    /// - Throws: ``ServiceError`` with category `usage` for a PBX, queue or agent that the warehouse does not know;
    ///   `ConfigurationError`, `ExtractError`, `WarehouseError`, `PostgresError`.
    public func find(_ request: CallsRequest) async throws -> CallList {
        try await access.read { warehouse in
            try warehouse.connection.transaction(readOnly: true) { connection in
                try connection.execute("set local jit = off")
                let request = try request.withKnownNames(connection)
                let zone = try zone(request, connection)
                let filter = try CallFilter(
                    request,
                    numbers: normaliser(request.pbx),
                    zone: zone,
                    now: Self.now,
                    connection
                )
                let calls = try filter.calls(connection)
                let hasMore = calls.count > request.limit
                return CallList(calls: Array(calls.prefix(request.limit)), hasMore: hasMore, zone: zone)
            }
        }
    }

    /// Everything about one call.
    ///
    /// - Parameters:
    ///   - id: a uniqueid or linkedid of any of its legs, or the file name of a recording that contains one.
    ///   - pbx: the PBX, if several have the id.
    ///   - timeZone: the zone of the displayed times; `nil` for the configured one, or else the PBX's.
    /// - Throws: ``ServiceError`` with category `notFound` if no call has the id; the errors of ``find(_:)``.
    public func story(of id: String, pbx: String? = nil, timeZone: String? = nil) async throws -> CallStory {
        var request = CallsRequest()
        (request.pbx, request.timeZone) = (pbx, timeZone)
        return try await access.read { [request] warehouse in
            try warehouse.connection.transaction(readOnly: true) { connection in
                let request = try request.withKnownNames(connection)
                let calls = try CallFilter.calls(ofID: id, pbx: request.pbx, connection)
                guard let call = calls.first else {
                    throw ServiceError(
                        .notFound,
                        "No call has the id \(id). Use a uniqueid or linkedid; `crm-voip calls` lists them."
                    )
                }
                if calls.count > 1 {
                    let names = calls.map { "\($0.pbx) \($0.linkedid)" }.joined(separator: ", ")
                    throw ServiceError(.usage, "Several calls have the id \(id): \(names). Choose one with --pbx.")
                }
                return CallStory(
                    call: call,
                    legs: try connection.query(SQLFiles.Calls.legs, [.int64(call.id)]).map(CallLeg.init),
                    events: try connection.query(SQLFiles.Calls.events, [.int64(call.id), .text(call.pbx)])
                        .map(CallEvent.init),
                    visits: try connection.query(SQLFiles.Calls.visits, [.int64(call.id)]).map(CallVisit.init),
                    zone: try zone(request, connection)
                )
            }
        }
    }

    private static var now: Moment { Moment(seconds: Int64(time(nil))) }

    /// How the users of the PBX write numbers. If no PBX can be chosen, calls are found all the same.
    private func normaliser(_ pbx: String?) throws -> NumberNormaliser {
        let chosen =
            try pbx.flatMap { try? settings.pbx($0) } ?? (try? settings.pbx())
            ?? settings.pbxNames.first.map { try settings.pbx($0) }
        return NumberNormaliser(plan: try chosen.map { try NumberPlan($0) } ?? NumberPlan(region: nil))
    }

    private func zone(_ request: CallsRequest, _ connection: borrowing Connection) throws -> ZoneTable {
        // A PBX with calls in the warehouse may have been removed from the configuration.
        let pbx = try? settings.pbx(request.pbx)
        if let name = request.timeZone { return try ZoneFiles.load(named: name) }
        if let name = settings.reports.timeZone ?? pbx?.timeZone { return try ZoneFiles.load(name) }
        // The zones found by the runs; if there are several, UTC is used, as in reports.
        let zones = try connection.query("select distinct timezone from voip.pbx where timezone is not null")
            .map { row throws(PostgresError) in try row.text(0) }
        return zones.count == 1 ? (try? ZoneFiles.load(zones[0])) ?? .utc : .utc
    }
}
