internal import AMI
internal import Switchboard

/// Phones and trunks as far as the PBX's lists tell, whichever list it is.
struct EndpointTally {
    /// How many there are.
    private(set) var count = 0
    /// Who does not answer, or is not registered.
    private(set) var unreachable: [String] = []
    /// Trunks that only ever call us: nobody can tell whether they are there.
    private(set) var inboundOnly = 0
    /// Addresses that PJSIP phones registered and do not answer at; another address of the same phone may.
    private(set) var unreachableContacts = 0
    /// The longest way there and back in milliseconds, where the PBX measures it.
    private(set) var roundTrip: Double?

    /// Counts one item of `PJSIPShowEndpoints`, `PJSIPShowContacts`, `SIPpeers` or `DeviceStateList`.
    mutating func take(_ item: Message) {
        switch item.eventName {
        case "EndpointList":
            // An endpoint without an address of record is told by who calls; its state is always "Unavailable".
            if item["Aor"]?.isEmpty ?? false {
                count += 1
                inboundOnly += 1
            } else {
                add(item["ObjectName"], isLost: Self.isLost(item["DeviceState"]))
            }
        case "ContactList":
            if item["Status"]?.isSame(as: "Unreachable") ?? false { unreachableContacts += 1 }
            // "N/A" where nobody asks the phone.
            if let time = item.number("RoundtripUsec") { took(time / 1000) }
        case "PeerEntry": takePeer(item)
        case "DeviceStateChange": add(item["Device"], isLost: Self.isLost(item["State"]))
        default: break
        }
    }

    /// chan_sip: `OK (5 ms)`, `LAGGED (2100 ms)`, `UNREACHABLE`, `UNKNOWN` before the first answer, `Unmonitored`.
    private mutating func takePeer(_ item: Message) {
        let status = item["Status"] ?? ""
        let isLost = status.hasPrefix("UNREACHABLE") || status.hasPrefix("UNKNOWN") || item["IPaddress"] == "-none-"
        add(item["ObjectName"], isLost: isLost)
        if let open = status.firstIndex(of: "("), let time = Double(status[open...].dropFirst().prefix { $0.isNumber })
        {
            took(time)
        }
    }

    private mutating func add(_ name: String?, isLost: Bool) {
        count += 1
        if isLost { unreachable.append(name ?? "") }
    }

    private mutating func took(_ milliseconds: Double) {
        roundTrip = max(roundTrip ?? 0, milliseconds)
    }

    private static func isLost(_ state: String?) -> Bool {
        ["unavailable", "invalid"].contains(state?.lowercased() ?? "")
    }

    /// `4 of 5 endpoints reachable; not drawer`.
    var section: HealthReport.Section {
        guard count > 0 else { return .init("endpoints", .skipped, "the PBX shows this user no endpoints") }
        var words = ["\(count - unreachable.count - inboundOnly) of \(count) endpoints reachable"]
        if !unreachable.isEmpty { words.append("not \(HealthReport.some(of: unreachable))") }
        if inboundOnly > 0 { words.append("\(inboundOnly) only call in") }
        var measures: [HealthReport.Measure] = [
            .init("endpoints", Double(count)), .init("unreachable_endpoints", Double(unreachable.count)),
            .init("unreachable_contacts", Double(unreachableContacts)),
        ]
        if let roundTrip { measures.append(.init("endpoint_rtt_ms", roundTrip, unit: "ms")) }
        return .init("endpoints", .ok, words.joined(separator: "; "), measures)
    }
}

/// The PBX's own registrations with providers.
struct RegistrationTally {
    private var count = 0
    private var failed: [String] = []

    /// Counts one item of `PJSIPShowRegistrationsOutbound` or `SIPshowregistry`.
    mutating func take(_ item: Message) {
        switch item.eventName {
        case "OutboundRegistrationDetail": add(item["ObjectName"], item["Status"])
        case "RegistryEntry": add(item["Username"].map { "\($0)@\(item["Domain"] ?? "")" }, item["State"])
        default: break
        }
    }

    private mutating func add(_ name: String?, _ state: String?) {
        count += 1
        let state = state ?? ""
        if !state.isSame(as: "Registered") { failed.append("\(name ?? "") (\(state))") }
    }

    /// `1 of 2 registered; not provider (Rejected)`.
    var section: HealthReport.Section {
        guard count > 0 else { return .init("registrations", .skipped, "the PBX registers nowhere") }
        let rest = failed.isEmpty ? "" : "; not \(HealthReport.some(of: failed))"
        return .init(
            "registrations",
            .ok,
            "\(count - failed.count) of \(count) registered\(rest)",
            [.init("registrations", Double(count)), .init("failed_registrations", Double(failed.count))]
        )
    }
}
