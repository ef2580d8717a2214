import Base
import Postgres
import Reporting

/// The report `lost-calls`: the callers of ``CallbackService``, for any window and in every format.
enum LostCallsReport {
    /// Makes its rows from those of the report `lost-visits`.
    @Sendable static func fold(
        _ visits: ReportResult,
        _ values: [String: String?],
        _ columns: [ReportColumn],
        _ connection: borrowing Connection
    ) throws -> (rows: [[ReportCell]], notes: [ReportNote]) {
        let losses = LostCallerLosses(visits)
        let (queue, owner) = (values["queue"] ?? nil, values["owner"] ?? nil)
        let isOpen = values["open"] == "true"
        let callers = try losses.callers(connection).filter { caller in
            (!isOpen || caller.isOwed) && (queue.map { caller.waited(in: $0) } ?? true)
                && (owner.map { $0.lowercased() == caller.contact?.owner?.lowercased() } ?? true)
        }
        let cells = columns.map { cell($0.name, losses.zone) }
        let rows = callers.map { caller in cells.map { $0(caller) } }
        return (rows, note(losses.withoutNumber, isNarrowed: queue ?? owner != nil))
    }

    /// What a column says about a caller.
    private static func cell(_ column: String, _ zone: ZoneTable) -> (LostCaller) -> ReportCell {
        func text(_ text: String?) -> ReportCell { text.map(ReportCell.text) ?? .empty }
        func moment(_ moment: Moment?) -> ReportCell { moment.map { .moment(LocalMoment($0, in: zone)) } ?? .empty }
        return switch column {
        case "status": { .text($0.state == .open && $0.isAttempted ? "attempted" : $0.state.rawValue) }
        case "caller": { .text($0.number) }
        case "caller_e164": { text($0.e164) }
        case "contact_kind": { text($0.contact?.kind) }
        case "contact_id": { text($0.contact?.id) }
        case "contact_name": { text($0.contact?.name) }
        case "owner": { text($0.contact?.owner) }
        case "queue": { text($0.queue) }
        case "tries": { .integer(Int64($0.times)) }
        case "lost_at": { moment($0.lostAt) }
        case "last_lost_at": { moment($0.lastLostAt) }
        case "called_back_by": { text($0.spokenBy) }
        case "called_back_at": { moment($0.spokenAt) }
        case "claimed_by": { text($0.claimedBy) }
        case "claimed_at": { moment($0.claimedAt) }
        case "done_by": { text($0.doneBy) }
        case "done_at": { moment($0.doneAt) }
        case "note": { text($0.note) }
        case "timezone": { _ in .text(zone.name) }
        case "pbx": { .text($0.pbx) }
        case "linkedid": { text($0.linkedid) }
        default: { _ in .empty }
        }
    }

    /// Callers who withheld their number are on no list, but the reader should know of them.
    private static func note(_ withoutNumber: Int, isNarrowed: Bool) -> [ReportNote] {
        withoutNumber > 0 && !isNarrowed ? [.lostWithoutNumber(withoutNumber)] : []
    }
}

extension LostCaller {
    /// Whether they were lost in this queue, whose name is compared as Asterisk does.
    fileprivate func waited(in queue: String) -> Bool {
        queues.contains { $0.lowercased() == queue.lowercased() }
    }
}
