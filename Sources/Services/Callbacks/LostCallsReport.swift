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
        let rows = callers.map { caller in
            let cells = cells(caller, losses.zone)
            return columns.map { cells[$0.name] ?? .empty }
        }
        return (rows, note(losses.withoutNumber, isNarrowed: queue ?? owner != nil))
    }

    private static func cells(_ caller: LostCaller, _ zone: ZoneTable) -> [String: ReportCell] {
        func text(_ text: String?) -> ReportCell { text.map(ReportCell.text) ?? .empty }
        func moment(_ moment: Moment?) -> ReportCell { moment.map { .moment(LocalMoment($0, in: zone)) } ?? .empty }
        let isAttempted = caller.state == .open && caller.isAttempted
        return [
            "status": .text(isAttempted ? "attempted" : caller.state.rawValue), "caller": .text(caller.number),
            "caller_e164": text(caller.e164), "contact_kind": text(caller.contact?.kind),
            "contact_id": text(caller.contact?.id), "contact_name": text(caller.contact?.name),
            "owner": text(caller.contact?.owner), "queue": text(caller.queue),
            "tries": .integer(Int64(caller.times)), "lost_at": moment(caller.lostAt),
            "last_lost_at": moment(caller.lastLostAt), "called_back_by": text(caller.spokenBy),
            "called_back_at": moment(caller.spokenAt), "claimed_by": text(caller.claimedBy),
            "claimed_at": moment(caller.claimedAt), "done_by": text(caller.doneBy), "done_at": moment(caller.doneAt),
            "note": text(caller.note), "timezone": .text(zone.name), "pbx": .text(caller.pbx),
            "linkedid": text(caller.linkedid),
        ]
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
