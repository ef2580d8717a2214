import AMI
import Switchboard

extension LineSnapshotItem {
    /// An item of `PJSIPShowEndpoints`, `PJSIPShowContacts`, `SIPpeers`, `DeviceStateList`, `PJSIPShowRegistrationsOutbound` or
    /// `SIPshowregistry`; nil for any other message.
    init?(_ message: Message) {
        switch message.eventName {
        case "EndpointList":
            // An endpoint without an address of record is identified when it calls; its state is always "Unavailable".
            let isInboundOnly = message["Aor"]?.isEmpty ?? false
            let state = Self.reachability(ofDevice: message["DeviceState"])
            let name = message["ObjectName"] ?? ""
            self = .endpoint(EndpointFacts(name: name, reachability: isInboundOnly ? .inboundOnly : state))
        case "ContactList":
            let isLost = message["Status"]?.isSame(as: "Unreachable") ?? false
            // "N/A" if the PBX does not query the phone.
            let time = message.number("RoundtripUsec").map { Duration.microseconds($0) }
            self = .contact(ContactFacts(isReachable: !isLost, roundTrip: time))
        case "PeerEntry": self = .endpoint(EndpointFacts(peer: message))
        case "DeviceStateChange":
            let state = Self.reachability(ofDevice: message["State"])
            self = .endpoint(EndpointFacts(name: message["Device"] ?? "", reachability: state))
        case "OutboundRegistrationDetail":
            self = .registration(RegistrationFacts(name: message["ObjectName"] ?? "", state: message["Status"] ?? ""))
        case "RegistryEntry":
            let name = message["Username"].map { "\($0)@\(message["Domain"] ?? "")" } ?? ""
            self = .registration(RegistrationFacts(name: name, state: message["State"] ?? ""))
        default: return nil
        }
    }

    private static func reachability(ofDevice state: String?) -> EndpointFacts.Reachability {
        ["unavailable", "invalid"].contains(state?.lowercased() ?? "") ? .unreachable : .reachable
    }
}

extension EndpointFacts {
    /// A peer of chan_sip: `OK (5 ms)`, `LAGGED (2100 ms)`, `UNREACHABLE`, `UNKNOWN` before the first answer, `Unmonitored`.
    fileprivate init(peer message: Message) {
        let status = message["Status"] ?? ""
        let isLost =
            status.hasPrefix("UNREACHABLE") || status.hasPrefix("UNKNOWN") || message["IPaddress"] == "-none-"
        let milliseconds = status.firstIndex(of: "(").flatMap { open in
            Int32(status[open...].dropFirst().prefix { $0.isNumber })
        }
        self.init(
            name: message["ObjectName"] ?? "",
            reachability: isLost ? .unreachable : .reachable,
            roundTrip: milliseconds.map { .milliseconds($0) }
        )
    }
}

extension RegistrationFacts {
    fileprivate init(name: String, state: String) {
        self.init(name: name, state: state, isRegistered: state.isSame(as: "Registered"))
    }
}
