import Base
import Postgres
import Reporting
import Warehouse

/// The rows of the report `lost-visits`, and the callers that they are about.
struct LostCallerLosses {
    private let losses: [LostCallerFold.Loss]
    /// The zone of the report.
    let zone: ZoneTable

    init(_ report: ReportResult) {
        losses = report.losses
        zone = (try? ZoneFiles.load(report.window.timeZone)) ?? .utc
    }

    /// Lost calls without a number to call back.
    var withoutNumber: Int { losses.count { $0.status == "no_number" && $0.outcome != "abandoned_short" } }

    /// The callers with what users did about them, in the order of the list.
    func callers(_ connection: borrowing Connection) throws -> [LostCaller] {
        let (parties, places) = parties
        let found = try states(of: parties, connection)
        var work: [String: LostCallerFold.Work] = [:]
        for (party, state) in zip(parties, found) { work[LostCallerFold.place(party.pbx, state.key)] = state.work }
        var losses = losses
        for (index, place) in zip(losses.indices, places) { losses[index].key = found[place].key }
        return LostCallerFold.callers(losses, work)
    }

    /// A number as the PBX wrote it; several may belong to one caller.
    private struct Party: Hashable {
        var pbx: String, number: String, e164: String?
    }

    /// Every number once, and which of them each loss has: people call again.
    private var parties: (parties: [Party], places: [Int]) {
        var (parties, known): ([Party], [Party: Int]) = ([], [:])
        let places = losses.map { loss in
            let party = Party(pbx: loss.pbx, number: loss.number, e164: loss.e164)
            if let place = known[party] { return place }
            known[party] = parties.count
            parties.append(party)
            return parties.count - 1
        }
        return (parties, places)
    }

    /// The callers' keys and what users did, in the same order.
    private func states(
        of parties: [Party],
        _ connection: borrowing Connection
    ) throws -> [(key: String, work: LostCallerFold.Work)] {
        let parameters: [Parameter] = [
            .textArray(parties.map(\.pbx)), .textArray(parties.map { $0.e164 ?? "" }),
            .textArray(parties.map(\.number)),
        ]
        return try connection.query(SQLFiles.Callbacks.states, parameters).map { row throws(PostgresError) in
            let work = LostCallerFold.Work(
                claimedBy: try row.textIfPresent(1),
                claimedAt: try row.secondIfPresent(2),
                doneBy: try row.textIfPresent(3),
                doneAt: try row.secondIfPresent(4),
                note: try row.textIfPresent(5)
            )
            return (key: try row.textIfPresent(0) ?? "", work: work)
        }
    }
}

extension ReportResult {
    /// The rows of `lost-visits`, without the callers' keys.
    fileprivate var losses: [LostCallerFold.Loss] {
        var places: [String: Int] = [:]
        for (place, column) in columns.enumerated() { places[column.name] = place }
        return rows.compactMap { row in
            func text(_ name: String) -> String? {
                guard let place = places[name], case .text(let text) = row[place] else { return nil }
                return text
            }
            func moment(_ name: String) -> Moment? {
                guard let place = places[name], case .moment(let moment) = row[place] else { return nil }
                return Moment(seconds: Int64(moment.epoch))
            }
            guard let lostAt = moment("lost_at"), let outcome = text("outcome"), let status = text("status") else {
                return nil
            }
            let contact = text("contact_id").map { id in
                CallerNames.Contact(
                    kind: text("contact_kind") ?? "",
                    id: id,
                    name: text("contact_name") ?? "",
                    owner: text("owner")
                )
            }
            return LostCallerFold.Loss(
                pbx: text("pbx") ?? "",
                key: "",
                number: text("caller") ?? text("caller_e164") ?? "",
                e164: text("caller_e164"),
                contact: contact,
                queue: text("queue"),
                outcome: outcome,
                status: status,
                lostAt: lostAt,
                spokenAt: moment("called_back_at"),
                spokenBy: text("called_back_by"),
                linkedid: text("linkedid")
            )
        }
    }
}
