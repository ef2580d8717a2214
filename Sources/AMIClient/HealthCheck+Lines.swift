import AMI
import Base
import Switchboard

// Endpoints, registrations and the quality of calls, for PJSIP and for chan_sip, which was removed in Asterisk 21.
extension HealthCheck {
    /// The combined result of several lists, some of which the PBX may not have or the user may not see.
    private struct Listing {
        var items: [Message] = []
        /// Whether any of the lists was received.
        var isAnswered = false
        /// Why the user may not see one of them.
        var denial: ManagerError?
    }

    private func listing(_ client: ManagerClient, _ actions: String...) async throws(ManagerError) -> Listing {
        var listing = Listing()
        for action in actions {
            do throws(ManagerError) {
                listing.items += try await client.list(Action(action))
                listing.isAnswered = true
            } catch {
                switch error.code {
                case .permissionDenied: listing.denial = listing.denial ?? error
                case .unknownCommand: break
                default: throw error
                }
            }
        }
        return listing
    }

    /// The lists of endpoints; if the user may not see them, the states of devices, which require fewer rights.
    func endpoints(_ client: ManagerClient) async -> HealthReport.Section {
        do {
            let pjsip = try await listing(client, "PJSIPShowEndpoints", "PJSIPShowContacts")
            let sip = try await listing(client, "SIPpeers")
            var items = pjsip.items + sip.items
            var isAnswered = pjsip.isAnswered || sip.isAnswered
            if let denial = pjsip.denial ?? sip.denial {
                let devices = try await listing(client, "DeviceStateList")
                isAnswered = isAnswered || devices.isAnswered
                guard isAnswered else { return unanswered("endpoints", devices.denial ?? denial) }
                items += devices.items.filter { item in
                    let device = item["Device"] ?? ""
                    return pjsip.denial != nil && device.hasPrefix("PJSIP/")
                        || sip.denial != nil && device.hasPrefix("SIP/")
                }
            }
            guard isAnswered else { return .init("endpoints", .skipped, "the PBX has neither PJSIP nor SIP") }
            var tally = EndpointTally()
            for item in items.compactMap({ LineSnapshotItem($0) }) { tally.take(item) }
            return tally.section
        } catch {
            return unanswered("endpoints", error)
        }
    }

    func registrations(_ client: ManagerClient) async -> HealthReport.Section {
        do {
            let lists = try await listing(client, "PJSIPShowRegistrationsOutbound", "SIPshowregistry")
            guard lists.isAnswered else {
                if let denial = lists.denial { return unanswered("registrations", denial) }
                return .init("registrations", .skipped, "the PBX has neither PJSIP nor SIP")
            }
            var tally = RegistrationTally()
            for item in lists.items.compactMap({ LineSnapshotItem($0) }) { tally.take(item) }
            return tally.section
        } catch {
            return unanswered("registrations", error)
        }
    }

    /// What active calls report while we listen.
    func quality(_ client: ManagerClient) async -> HealthReport.Section {
        guard scope == .full else { return .init("quality", .skipped, "only with --full") }
        do {
            let tally = try await client.listen(for: [.reporting]) { (events) async throws(ManagerError) in
                var tally = QualityTally()
                let end = ContinuousClock.now + listening
                while let item = try await events.next(until: end) {
                    guard case .event(let received) = item else { continue }
                    for case .media(let report) in received.parts.map(\.event) { tally.take(report) }
                }
                return tally
            }
            let seconds = HealthReport.plain(listening.inSeconds)
            let nothing = "no RTCP reports in \(seconds) s: no calls with media, or no read=reporting"
            return tally.section ?? .init("quality", .skipped, nothing)
        } catch {
            return unanswered("quality", error)
        }
    }
}
