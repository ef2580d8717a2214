internal import ManagerProtocol

// Channels, queues, endpoints, registrations and the quality of calls.
extension HealthCheck {
    /// Where a channel may be alone for long.
    private static let waitingRooms = [
        "Queue", "ConfBridge", "MeetMe", "Park", "ParkedCall", "ChanSpy", "Stasis", "BridgeWait",
    ]

    func channels(_ client: ManagerClient) async -> HealthReport.Section {
        do {
            let channels = try await CallControl(client).channels()
            var calls = ActiveCalls()
            calls.replace(with: channels, at: WallClock.now)
            let longest = channels.compactMap(\.seconds).max() ?? 0
            let stuck = channels.filter { channel in
                (channel.seconds ?? 0) > 3600 && channel.bridgeID.isEmpty
                    && !Self.waitingRooms.contains { $0.isSame(as: channel.application) }
            }
            let span = Self.span(Double(longest))
            let summary = "\(channels.count) channels in \(calls.calls.count) calls, the longest \(span)"
            return .init(
                "channels",
                .ok,
                summary,
                [
                    .init("channels", Double(channels.count)), .init("calls", Double(calls.calls.count)),
                    .init("longest_call", Double(longest), unit: "s"), .init("stuck_channels", Double(stuck.count)),
                ]
            )
        } catch {
            return unanswered("channels", error)
        }
    }

    func queues(_ client: ManagerClient) async -> HealthReport.Section {
        do {
            let now = WallClock.now
            let board = try await QueueControl(client).status(at: now)
            guard !board.queues.isEmpty else { return .init("queues", .skipped, "the PBX has no queues") }
            var measures: [HealthReport.Measure] = []
            for queue in board.queues {
                let add = { (name: String, value: Double, unit: String) in
                    measures.append(.init(name, value, unit: unit, subject: queue.name))
                }
                add("queue_callers", Double(queue.callers.count), "")
                add("queue_wait", queue.longestWait(at: now).rounded(), "s")
                add("queue_free_agents", Double(queue.freeMembers), "")
                add("queue_members", Double(queue.members.count { $0.isLoggedIn }), "")
                if queue.completed > 0 { add("queue_service_level", queue.serviceLevelPerf, "%") }
            }
            let callers = board.queues.reduce(0) { $0 + $1.callers.count }
            let free = Set(board.queues.flatMap(\.members).filter(\.isFree).map(\.interface)).count
            return .init(
                "queues",
                .ok,
                "\(board.queues.count) queues, \(callers) callers wait, \(free) agents free",
                measures
            )
        } catch {
            return unanswered("queues", error)
        }
    }

    /// PJSIP's own list, else the states of all devices, which need fewer rights.
    func endpoints(_ client: ManagerClient) async -> HealthReport.Section {
        var states: [String] = []
        do {
            states = try await client.list(Action("PJSIPShowEndpoints")).filter { $0.eventName == "EndpointList" }
                .map { ($0["DeviceState"] ?? "").filter { $0 != " " }.lowercased() }
        } catch {
            do {
                states = try await client.list(Action("DeviceStateList")).filter {
                    let device = $0["Device"] ?? ""
                    return device.hasPrefix("PJSIP/") || device.hasPrefix("SIP/")
                }.map { ($0["State"] ?? "").lowercased() }
                states += try await sipPeers(client)
            } catch {
                return unanswered("endpoints", error)
            }
        }
        guard !states.isEmpty else { return .init("endpoints", .skipped, "the PBX shows this user no endpoints") }
        let lost = states.count { $0 == "unavailable" || $0 == "invalid" }
        let summary = "\(states.count - lost) of \(states.count) endpoints reachable"
        return .init(
            "endpoints",
            .ok,
            summary,
            [.init("endpoints", Double(states.count)), .init("unreachable_endpoints", Double(lost))]
        )
    }

    /// chan_sip, gone since Asterisk 21.
    private func sipPeers(_ client: ManagerClient) async throws(ManagerError) -> [String] {
        do {
            return try await client.list(Action("SIPpeers")).filter { $0.eventName == "PeerEntry" }.map {
                ($0["Status"] ?? "").hasPrefix("UNREACHABLE") ? "unavailable" : "reachable"
            }
        } catch {
            guard error.code == .unknownCommand || error.code == .permissionDenied else { throw error }
            return []
        }
    }

    func registrations(_ client: ManagerClient) async -> HealthReport.Section {
        do {
            let items = try await client.list(Action("PJSIPShowRegistrationsOutbound"))
                .filter { $0.eventName == "OutboundRegistrationDetail" }
            guard !items.isEmpty else { return .init("registrations", .skipped, "the PBX registers nowhere") }
            let failed = items.filter { !($0["Status"] ?? "").isSame(as: "Registered") }
            let names = failed.compactMap { $0["ObjectName"] }.joined(separator: ", ")
            let rest = failed.isEmpty ? "" : "; not \(names)"
            let summary = "\(items.count - failed.count) of \(items.count) registered\(rest)"
            return .init("registrations", .ok, summary, [.init("failed_registrations", Double(failed.count))])
        } catch {
            return unanswered("registrations", error)
        }
    }

    /// The worst of what the endpoints report by RTCP while we listen. No report is not a good report.
    func quality(_ client: ManagerClient) async -> HealthReport.Section {
        guard scope == .full else { return .init("quality", .skipped, "only with --full") }
        guard let mask = EventMask(classes: ["reporting"]) else { return .init("quality", .skipped, "no events") }
        var loss: [Double] = []
        var jitter: [Double] = []
        do {
            try await client.withEvents(mask) { (events) async throws(ManagerError) in
                let end = ContinuousClock.now + listening
                while let item = try await events.next(until: end) {
                    guard case .event(let event) = item, event.eventName == "RTCPReceived" else { continue }
                    // The share of lost packets comes in 256ths (RFC 3550, 6.4.1).
                    if let lost = event.number("Report0FractionLost") { loss.append(lost / 256 * 100) }
                    // Jitter is in units of the codec's clock; 8 kHz is that of all narrowband ones.
                    if let units = event.number("Report0IAJitter") { jitter.append(units / 8) }
                }
            }
        } catch {
            return unanswered("quality", error)
        }
        guard let worstLoss = loss.max() else {
            let seconds = HealthReport.plain(listening.inSeconds)
            return .init(
                "quality",
                .skipped,
                "no RTCP reports in \(seconds) s: no calls with media, or no read=reporting"
            )
        }
        let worstJitter = jitter.max() ?? 0
        return .init(
            "quality",
            .ok,
            "\(loss.count) reports, worst loss \(HealthReport.plain(worstLoss)) %",
            [.init("packet_loss_pct", worstLoss, unit: "%"), .init("jitter_ms", worstJitter, unit: "ms")]
        )
    }
}
