import AMI
import AMIClient
import Base
public import Switchboard

extension LiveService {
    /// The channels that `hangup` would end: those that are named, or those whose names match.
    ///
    /// - Parameters:
    ///   - names: Names, uniqueids, or unambiguous prefixes of names.
    ///   - pattern: A regular expression, instead of names.
    /// - Returns: The channels.
    /// - Throws: `ManagerError`
    public func channels(named names: [String], matching pattern: String?) async throws -> [ChannelSnapshot] {
        try await withControl { control in
            if let pattern { return try await control.channels(matching: pattern) }
            var found: [ChannelSnapshot] = []
            for name in names { found.append(try await control.resolve(name)) }
            return found
        }
    }

    /// Ends channels one after another; a failure does not affect the others.
    ///
    /// - Parameters:
    ///   - channels: The channels as they were listed.
    ///   - cause: The Q.850 cause to send; nil leaves it to the PBX.
    /// - Returns: The result for each channel.
    /// - Throws: `ManagerError` if the connection fails.
    public func hangUp(_ channels: [ChannelSnapshot], cause: Int? = nil) async throws -> HangupResult {
        try await withControl { control in
            var ends: [HangupResult.End] = []
            for channel in channels {
                let order = Order("hangup", target: channel.name)
                do throws(ManagerError) {
                    try await carryOut(order) { () async throws(ManagerError) in
                        try await control.hangup(channel, cause: cause)
                    }
                    ends.append(.init(channel: channel.name, uniqueid: channel.uniqueid))
                } catch {
                    ends.append(.init(channel: channel.name, uniqueid: channel.uniqueid, error: error))
                }
            }
            return HangupResult(ends: ends)
        }
    }

    /// Parks a call.
    ///
    /// - Parameters:
    ///   - channel: The channel to park.
    ///   - lot: The parking lot; nil for the channel's own.
    ///   - seconds: When the call returns; nil for the lot's own time.
    ///   - announce: The channel that hears the slot and to which the call returns.
    /// - Returns: The slot.
    /// - Throws: `ManagerError`
    public func park(
        _ channel: String,
        lot: String? = nil,
        seconds: Int? = nil,
        announce: String? = nil
    ) async throws -> ParkResult {
        try await withControl { control in
            var hearer: String?
            if let announce { hearer = try await control.resolve(announce).name }
            let parkee = try await control.resolve(channel)
            let order = Order("park", target: lot.map { "\(parkee.name) in \($0)" } ?? parkee.name)
            let slot = try await desk.carryOut(order) { () async throws(ManagerError) in
                try await control.park(parkee, lot: lot, timeout: seconds.map { .seconds($0) }, announce: hearer)
            }
            return ParkResult(channel: parkee.name, slot: slot)
        }
    }

    /// Connects two channels with each other.
    ///
    /// - Throws: `ManagerError`
    public func bridge(_ first: String, _ second: String, tone: Bool = false) async throws -> OrderResult {
        try await withControl { control in
            let (one, other) = (try await control.resolve(first), try await control.resolve(second))
            try await carryOut(Order("bridge", target: "\(one.name) with \(other.name)")) {
                () async throws(ManagerError) in
                try await control.bridge(one, other, tone: tone)
            }
            return OrderResult([("channels", .array([.string(one.name), .string(other.name)]))])
        }
    }

    /// Plays digits on a channel.
    ///
    /// - Parameters:
    ///   - text: Digits and pauses, as `DTMF` reads them.
    ///   - channel: The channel that hears them.
    ///   - duration: How long a digit sounds.
    ///   - gap: The length of the silence between two digits.
    ///   - receive: Whether to act as if the channel had sent them.
    /// - Throws: `ManagerError`, `ProtocolError` for other characters.
    public func play(
        _ text: String,
        on channel: String,
        duration: Duration,
        gap: Duration,
        receive: Bool
    ) async throws -> OrderResult {
        let digits = try DTMF(text)
        return try await withControl { control in
            let hearer = try await control.resolve(channel)
            let order = Order("dtmf", target: "\(text) on \(hearer.name)", demands: [.digits(text)])
            try await carryOut(order) { () async throws(ManagerError) in
                try await control.play(digits, on: hearer, duration: duration, gap: gap, receive: receive)
            }
            return OrderResult([("channel", .string(hearer.name))])
        }
    }
}
