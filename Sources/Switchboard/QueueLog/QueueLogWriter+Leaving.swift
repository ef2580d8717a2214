import Base

/// Callers who leave a queue without having been answered.
extension QueueLogWriter {
    /// What a caller does who has left the queue says why.
    ///
    /// `QUEUESTATUS` is set to the reason, if the queue gave up; a key takes the caller to the extension of that name; and who
    /// hung up is gone (app_queue.c, `queue_exec`, `valid_exit`).
    ///
    /// Whom the queue gave up or whom somebody took away is told as abandoned first: such a one pressed no key, and unless a
    /// status follows, was sent elsewhere while waiting.
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

    /// The lines of a caller who left unserved; none if the caller at this place did not leave.
    ///
    /// Where nobody said why, a caller whom the queue gave up has hung up. Where nobody could, only one has who was gone at
    /// once.
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
