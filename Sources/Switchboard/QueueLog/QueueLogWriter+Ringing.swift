import Base

/// Phones that stop ringing because the caller left. AMI has no event for this.
extension QueueLogWriter {
    mutating func rings(_ event: QueueCallEvent, at place: Place, _ time: Moment) {
        guard let phone = event.phone else { return }
        visits[place]?.ringing[phone] = Ringing(agent: event.agent ?? "", since: time)
    }

    mutating func stopsRinging(_ dial: Dial, _ result: DialResult?, _ time: Moment) {
        guard let caller = dial.caller, let phone = dial.called,
            let place = visits.first(where: { $0.key.who == caller && $0.value.ringing[phone] != nil })?.key,
            var ringing = visits[place]?.ringing[phone]
        else { return }
        // The PBX reports this twice, the first time when it happens.
        ringing.canceledAt = ringing.canceledAt ?? time
        visits[place]?.ringing[phone] = result == .cancel ? ringing : nil
    }

    /// The lines for the phones that were ringing when a caller left voluntarily.
    func canceled(at place: Place, _ now: Moment) -> [String] {
        let ringing = visits[place]?.ringing.values.sorted { ($0.since, $0.agent) < ($1.since, $1.agent) } ?? []
        return ringing.map { ringing in
            let end = ringing.canceledAt ?? now
            let length = "\((end - ringing.since).wholeMilliseconds)"
            return Self.line(end, place.who, place.queue, ringing.agent, "RINGCANCELED", [length])
        }
    }
}
