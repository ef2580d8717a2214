/// Callers who leave a queue without having been answered.
extension QueueLogWriter {
    /// What a caller does who has left the queue says why.
    ///
    /// `QUEUESTATUS` is set to the reason, if the queue gave up; a key takes the caller to the extension of that name; and who
    /// hung up is gone (app_queue.c, `queue_exec`, `valid_exit`).
    mutating func went(_ event: Message, _ time: Double) -> [String] {
        guard let caller = event.nonEmpty("Uniqueid") else { return [] }
        let isOver = event.eventName == "Hangup"
        if isOver { transfers[caller] = nil } else { seesDialplan = true }
        guard let place = visits.first(where: { $0.key.who == caller && $0.value.left != nil })?.key else { return [] }
        if isOver { return exit(from: place, at: time) }
        if event.eventName == "Newexten" {
            let exten = event["Extension"] ?? ""
            guard !exten.isEmpty, exten.allSatisfy("0123456789*#".contains), event["Priority"] == "1" else { return [] }
            return exit(from: place, as: "EXITWITHKEY", key: exten, at: time)
        }
        guard event["Variable"] == "QUEUESTATUS" else { return [] }
        switch event["Value"] {
        case "TIMEOUT": return exit(from: place, as: "EXITWITHTIMEOUT", at: time)
        case "LEAVEEMPTY", "LEAVEUNAVAIL": return exit(from: place, as: "EXITEMPTY", at: time)
        case "WITHDRAW": return exit(from: place, as: "WITHDRAW", at: time)
        default: return []
        }
    }

    /// The lines of a caller who left unserved; none if the caller at this place did not leave.
    ///
    /// Where nobody said why, a caller whom the queue gave up has hung up. Where nobody could, only one has who was gone at
    /// once.
    mutating func exit(from place: Place, as name: String? = nil, key: String? = nil, at now: Double) -> [String] {
        guard let visit = visits[place], let left = visit.left else { return [] }
        let hungUp = left.wait != nil && (seesDialplan || now - left.at <= 2)
        let name = name ?? (hungUp ? "ABANDON" : "EXITWITHTIMEOUT")
        let canceled = ["ABANDON", "EXITWITHKEY"].contains(name) ? canceled(at: place, left.at) : []
        visits[place] = nil
        let wait = left.wait ?? Int((left.at - visit.since).rounded())
        let data = (key.map { [$0] } ?? []) + ["\(left.position)", "\(visit.position)", "\(wait)"]
        return canceled + [Self.line(left.at, place.who, place.queue, nil, name, data)]
    }
}
