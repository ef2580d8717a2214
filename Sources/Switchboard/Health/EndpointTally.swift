import Base

/// Counts the phones and trunks in a PBX's lists by whether they can be reached.
package struct EndpointTally {
    private var count = 0
    private var lines: [HealthReport.Line] = []
    private var unreachable: [String] = []
    private var inboundOnly = 0
    /// Addresses at which phones registered but do not answer; the same phone may answer at another address.
    private var unreachableContacts = 0
    /// The longest round-trip time, if the PBX measures it.
    private var roundTrip: Duration?

    /// No phones yet.
    package init() {}

    /// Counts one item of a list.
    package mutating func take(_ item: LineSnapshotItem) {
        switch item {
        case .endpoint(let endpoint):
            count += 1
            switch endpoint.reachability {
            case .reachable: break
            case .unreachable: unreachable.append(endpoint.name)
            case .inboundOnly: inboundOnly += 1
            }
            if lines.count < HealthReport.Section.mostLines {
                let isKnown = endpoint.reachability != .inboundOnly
                let isReachable = isKnown ? endpoint.reachability == .reachable : nil
                lines.append(HealthReport.Line(name: endpoint.name, isReachable: isReachable))
            }
            note(endpoint.roundTrip)
        case .contact(let contact):
            if !contact.isReachable { unreachableContacts += 1 }
            note(contact.roundTrip)
        case .registration: break
        }
    }

    private mutating func note(_ time: Duration?) {
        if let time { roundTrip = max(roundTrip ?? .zero, time) }
    }

    /// The section of the report: `4 of 5 endpoints reachable; not drawer`.
    package var section: HealthReport.Section {
        guard count > 0 else { return .init("endpoints", .skipped, "the PBX shows this user no endpoints") }
        var words = ["\(count - unreachable.count - inboundOnly) of \(count) endpoints reachable"]
        if !unreachable.isEmpty { words.append("not \(HealthReport.some(of: unreachable))") }
        if inboundOnly > 0 { words.append("\(inboundOnly) can only call in") }
        var measures: [HealthReport.Measure] = [
            .init("endpoints", Double(count)), .init("unreachable_endpoints", Double(unreachable.count)),
            .init("unreachable_contacts", Double(unreachableContacts)),
        ]
        if let roundTrip { measures.append(.init("endpoint_rtt_ms", roundTrip.inSeconds * 1000, unit: "ms")) }
        var section = HealthReport.Section("endpoints", .ok, words.joined(separator: "; "), measures)
        section.failing = unreachable
        section.lines = lines
        return section
    }
}
