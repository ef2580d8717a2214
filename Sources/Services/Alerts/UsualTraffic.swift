import Base
import CallRecords
import Configuration
import Postgres
import Synchronization
import Transform
import Warehouse

/// What is usual on each PBX, by the warehouse: incoming calls at this time of the week, and countries called.
final class UsualTraffic: Sendable {
    /// What is usual on one PBX.
    struct Facts: Sendable, Equatable {
        /// Incoming calls an hour; nil if fewer than three weeks are stored.
        var incomingPerHour: Double?
        /// The countries that were called in the last ninety days.
        var countries: Set<String>?
    }

    private let settings: Settings
    private let desk: QueryDesk
    private let facts = Mutex<[String: Facts]>([:])
    private let wantsIncoming: Bool
    private let wantsCountries: Bool

    private static let pause = Duration.seconds(600)
    private static let fewestWeeks: Int64 = 3
    private static let mostNumbers: Int64 = 500_000

    init(_ settings: Settings, _ desk: QueryDesk, wantsIncoming: Bool, wantsCountries: Bool) {
        (self.settings, self.desk) = (settings, desk)
        (self.wantsIncoming, self.wantsCountries) = (wantsIncoming, wantsCountries)
    }

    /// What is known, by PBX.
    var current: [String: Facts] { facts.withLock { $0 } }

    /// Reads every ten minutes until the task is cancelled.
    func run() async {
        guard wantsIncoming || wantsCountries else { return }
        while !Task.isCancelled {
            for name in settings.pbxNames {
                guard let found = try? await read(name) else { continue }
                facts.withLock { $0[name] = found }
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func read(_ name: String) async throws -> Facts {
        let pbx = try settings.pbx(name)
        let access = WarehouseAccess(settings)
        let zone = pbx.timeZone ?? "UTC"
        let now = Moment.now
        let (wantsIncoming, wantsCountries) = (wantsIncoming, wantsCountries)
        return try await desk.run {
            try await access.look { warehouse in
                var facts = Facts()
                if wantsIncoming {
                    facts.incomingPerHour = try Self.incoming(warehouse.connection, name, zone, at: now)
                }
                if wantsCountries {
                    let plan = try NumberPlan(pbx)
                    facts.countries = try Self.countries(warehouse.connection, name, plan, at: now)
                }
                return facts
            }
        }
    }

    static func incoming(
        _ connection: borrowing Connection,
        _ name: String,
        _ zone: String,
        at now: Moment
    ) throws -> Double? {
        let parameters: [Parameter] = [.text(name), .moment(now), .text(zone)]
        let rows = try connection.query(SQLFiles.Alerts.usualIncoming, parameters)
            .map { row throws(PostgresError) in (weeks: try row.int64(0), calls: try row.int64(1)) }
        guard let row = rows.first, row.weeks >= fewestWeeks else { return nil }
        return Double(row.calls) / Double(row.weeks)
    }

    static func countries(
        _ connection: borrowing Connection,
        _ name: String,
        _ plan: NumberPlan,
        at now: Moment
    ) throws -> Set<String> {
        let parameters: [Parameter] = [.text(name), .moment(now - .seconds(90 * 86_400)), .int64(mostNumbers)]
        let numbers = try connection.query(SQLFiles.Alerts.numbersCalled, parameters)
            .map { row throws(PostgresError) in try row.text(0) }
        let normaliser = NumberNormaliser(plan: plan, capacity: 16)
        var countries: Set<String> = []
        for number in numbers {
            guard let phone = PhoneNumber(e164: number) else { continue }
            if let region = normaliser.facts(of: phone)?.region { countries.insert(region) }
        }
        return countries
    }
}
