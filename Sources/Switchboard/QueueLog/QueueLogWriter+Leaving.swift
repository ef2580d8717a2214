import Base

/// Callers who leave a queue without being answered.
extension QueueLogWriter {
    /// Determines why a caller left, from what the caller does next.
    ///
    /// `QUEUESTATUS` is set to the reason if the queue gave up; a key takes the caller to the extension of the same
    /// name; and a caller who hung up is gone (app_queue.c, `queue_exec`, `valid_exit`).
    ///
    /// A caller whom the queue gave up, or whom somebody removed, is reported as abandoned first. Such a caller pressed
    /// no key and, unless a status follows, was sent elsewhere while waiting.
    mutating func went(_ event: ChannelEvent, _ time: Moment) -> [String] {
        switch event {
        case .hungUp(let end):
            transfers[end.uniqueid] = nil
            guard let place = placeLeft(by: end.uniqueid) else { return [] }
            return exit(from: place, at: time)
        case .runs(let channel):
            seesDialplan = true
            guard let place = placeLeft(by: channel.uniqueid), channel.priority == "1" else { return [] }
            if visits[place]?.left?.wait != nil { return exit(from: place, as: "ABANDON", at: time) }
            guard !channel.exten.isEmpty, channel.exten.allSatisfy("0123456789*#".contains) else { return [] }
            return exit(from: place, as: "EXITWITHKEY", key: channel.exten, at: time)
        case .variableSet(let setting):
            seesDialplan = true
            guard setting.variable.name == "QUEUESTATUS", let place = setting.uniqueid.flatMap(placeLeft) else {
                return []
            }
            switch setting.variable.value {
            case "TIMEOUT": return exit(from: place, as: "EXITWITHTIMEOUT", at: time)
            case "LEAVEEMPTY", "LEAVEUNAVAIL": return exit(from: place, as: "EXITEMPTY", at: time)
            case "WITHDRAW": return exit(from: place, as: "WITHDRAW", at: time)
            default: return []
            }
        case .created, .changed, .renamed, .localPair, .spyBegan, .hangupRequested: return []
        }
    }

    private func placeLeft(by caller: String) -> Place? {
        visits.first { $0.key.who == caller && $0.value.left != nil }?.key
    }

    /// The lines for a caller who left without an answer; empty if the caller at this place did not leave.
    ///
    /// If events could have given a reason but none did, a caller whom the queue gave up has hung up. If no events give
    /// reasons, only a caller whose channel ended immediately has.
    mutating func exit(from place: Place, as name: String? = nil, key: String? = nil, at now: Moment) -> [String] {
        guard let visit = visits[place], let left = visit.left else { return [] }
        let hungUp = left.wait != nil && (seesDialplan || now - left.at <= .seconds(2))
        let name = name ?? (hungUp ? "ABANDON" : "EXITWITHTIMEOUT")
        let canceled = ["ABANDON", "EXITWITHKEY"].contains(name) ? canceled(at: place, left.at) : []
        visits[place] = nil
        // Asterisk subtracts whole seconds (app_queue.c, `time(NULL) - qe->start`).
        let wait = left.wait ?? Int(left.at.wholeSeconds - visit.since.wholeSeconds)
        let data = (key.map { [$0] } ?? []) + ["\(left.position)", "\(visit.position)", "\(wait)"]
        return canceled + [Self.line(left.at, place.who, place.queue, nil, name, data)]
    }
}
