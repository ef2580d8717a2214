public import Configuration
import Postgres
public import Switchboard
import Warehouse

/// How the last hour's calls ended, according to the warehouse: an indication of quality if no phone reports it.
public struct CompletionCheck: Sendable {
    private let settings: Settings
    private let pbx: String
    /// With fewer calls, a percentage means nothing: one wrong number at night is not an outage.
    private static let enough: Int64 = 10

    /// A check of the calls of a PBX, given by name.
    public init(_ settings: Settings, pbx: String) { (self.settings, self.pbx) = (settings, pbx) }

    /// The section; nil if there is no warehouse, or too few calls in it.
    public func section() async -> HealthReport.Section? {
        let access = WarehouseAccess(settings)
        guard access.isReadable else { return nil }
        do {
            let (calls, answered, short) = try await access.look { try counts($0.connection) }
            guard calls >= Self.enough else { return nil }
            var measures = [HealthReport.Measure("answered_pct", percent(answered, calls), unit: "%")]
            if answered > 0 { measures.append(.init("short_calls_pct", percent(short, answered), unit: "%")) }
            return .init("quality", .ok, "no RTCP; \(answered) of \(calls) calls of the last hour answered", measures)
        } catch {
            return .init("quality", .unknown, "no RTCP, and the warehouse cannot be read: \(error)")
        }
    }

    /// Calls that have ended, those of them that were answered, and those of these that lasted less than ten seconds.
    private func counts(_ connection: borrowing Connection) throws -> (Int64, Int64, Int64) {
        let rows = try connection.query(
            """
            select count(*), count(*) filter (where disposition = 'answered'),
                   count(*) filter (where disposition = 'answered' and talk_s < 10)
            from voip.call join voip.pbx using (pbx_id)
            where pbx.name = $1 and started_at >= now() - interval '1 hour' and ended_at is not null
            """,
            [.text(pbx)]
        )
        var result: (Int64, Int64, Int64) = (0, 0, 0)
        try rows.forEach { row in result = (try row.int64(0), try row.int64(1), try row.int64(2)) }
        return result
    }

    private func percent(_ part: Int64, _ whole: Int64) -> Double {
        (Double(part) / Double(whole) * 1000).rounded() / 10
    }
}
