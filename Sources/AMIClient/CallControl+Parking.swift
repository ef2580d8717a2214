public import AMI
import Base
public import Switchboard

extension CallControl {
    /// Where a call was parked.
    public struct ParkingSlot: Sendable, Equatable {
        /// The extension to dial to retrieve it.
        public let space: String
        /// The parking lot.
        public let lot: String
        /// Seconds until the call returns; nil if the PBX does not say.
        public let seconds: Int?
    }

    /// Parks a channel.
    ///
    /// - Parameters:
    ///   - channel: The channel to park.
    ///   - lot: The parking lot; nil for the channel's own.
    ///   - timeout: When the call returns; nil for the lot's own time.
    ///   - announce: The name of the channel that hears the slot, and to which the call returns.
    /// - Returns: The slot, which only the PBX's event reports.
    /// - Throws: ``ManagerError``
    public func park(
        _ channel: ChannelSnapshot,
        lot: String? = nil,
        timeout: Duration? = nil,
        announce: String? = nil
    ) async throws(ManagerError) -> ParkingSlot {
        if let timeout, timeout < .seconds(1) {
            throw ManagerError(.invalid, "A parking timeout is at least a second.")
        }
        var action = Action("Park", .changes, ["Channel": channel.name])
        action.add("AnnounceChannel", announce)
        action.add("TimeoutChannel", announce)
        action.add("Timeout", timeout.map { "\($0.wholeMilliseconds)" })
        action.add("Parkinglot", lot)
        return try await client.listen(for: .callControl) { [action] (events) async throws(ManagerError) in
            let doubt = try await give(action)
            return try await confirm("Parking", despite: doubt, by: events) { event in
                guard case .parking(let parked) = event, parked.kind == .parked else { return nil }
                return parked.parkee == channel.uniqueid ? ParkingSlot(parked) : nil
            } orState: { () async throws(ManagerError) in
                let items = try await client.list(Action("ParkedCalls")).flatMap { $0.normalised() }
                return items.compactMap { ParkingEvent(.parked, $0) }
                    .first { $0.parkee == channel.uniqueid }.map(ParkingSlot.init)
            }
        }
    }

    /// Connects two channels; their previous peers are hung up. With `tone`, both hear a beep.
    ///
    /// - Throws: ``ManagerError``
    public func bridge(
        _ first: ChannelSnapshot,
        _ second: ChannelSnapshot,
        tone: Bool = false
    ) async throws(ManagerError) {
        guard first.uniqueid != second.uniqueid else {
            throw ManagerError(.invalid, "A channel cannot talk with itself.")
        }
        let isTogether = { (bridges: [String: String]) in
            bridges[first.uniqueid] != nil && bridges[first.uniqueid] == bridges[second.uniqueid]
        }
        try await client.listen(for: .callControl) { (events) async throws(ManagerError) -> Void in
            var action = Action("Bridge", .changes, ["Channel1": first.name, "Channel2": second.name])
            action.add("Tone", tone ? "Both" : "no")
            let doubt = try await give(action)
            var bridges: [String: String] = [:]
            try await confirm("The bridge", despite: doubt, by: events) { event -> Bool? in
                guard case .bridge(.entered(let move)) = event else { return nil }
                bridges[move.channel.uniqueid] = move.bridge
                return isTogether(bridges) ? true : nil
            } orState: { () async throws(ManagerError) in
                let now = try await channels().filter { !$0.bridgeID.isEmpty }.map { ($0.uniqueid, $0.bridgeID) }
                return isTogether(Dictionary(now) { bridge, _ in bridge }) ? true : nil
            }
        }
    }

    /// The default length of a digit.
    public static let usualDigitLength: Duration = .milliseconds(120)
    /// The default length of the silence between two digits.
    public static let usualDigitGap: Duration = .milliseconds(100)

    /// Plays digits on a channel, with one action for each digit.
    ///
    /// - Parameters:
    ///   - digits: What to play.
    ///   - channel: The channel that hears them.
    ///   - duration: How long a digit sounds.
    ///   - gap: The length of the silence between two digits.
    ///   - receive: Whether to act as if the channel had sent the digits.
    /// - Throws: ``ManagerError``; digits before the failing one were played.
    public func play(
        _ digits: DTMF,
        on channel: ChannelSnapshot,
        duration: Duration = CallControl.usualDigitLength,
        gap: Duration = CallControl.usualDigitGap,
        receive: Bool = false
    ) async throws(ManagerError) {
        let count = digits.steps.count { if case .digit = $0 { true } else { false } }
        var played = 0
        for step in digits.steps {
            var wait: Duration
            switch step {
            case .pause(let milliseconds): wait = .milliseconds(milliseconds)
            case .digit(let digit):
                var action = Action("PlayDTMF", .changes, ["Channel": channel.name, "Digit": String(digit)])
                action.add("Duration", "\(duration.wholeMilliseconds)")
                if receive { action.add("Receive", "true") }
                do throws(ManagerError) {
                    try await client.send(action)
                } catch {
                    throw played == 0 ? error : error.afterDigits(played, of: count)
                }
                played += 1
                wait = duration + gap
            }
            do {
                try await Task.sleep(for: wait)
            } catch {
                throw ManagerError(.cancelled, "Not all digits were played.")
            }
        }
    }
}

extension CallControl.ParkingSlot {
    fileprivate init(_ event: ParkingEvent) {
        self.init(space: event.space, lot: event.lot, seconds: event.timeout)
    }
}
