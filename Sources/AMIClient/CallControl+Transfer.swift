public import AMI

extension CallControl {
    /// Sends the party that talks with `channel` to an extension, and lets `channel` go.
    ///
    /// - Parameters:
    ///   - channel: The one who transfers.
    ///   - exten: Where to.
    ///   - context: Its context; nil is the channel's own.
    /// - Throws: ``ManagerError``
    public func blindTransfer(
        _ channel: ChannelSnapshot,
        to exten: String,
        context: String? = nil
    ) async throws(ManagerError) {
        try await client.withEvents(.callControl) { (events) async throws(ManagerError) in
            try await client.send(
                Action("BlindTransfer", .changes, ["Channel": channel.name, "Exten": exten, "Context": context])
            )
            // The reply already says "Transfer succeeded"; the event, where it may be read, says it again.
            let result = try await confirm("The transfer", by: events) { event in
                event.eventName == "BlindTransfer" && event["TransfererUniqueid"] == channel.uniqueid
                    ? event["Result"] ?? "Success" : nil
            } orState: { () async throws(ManagerError) in
                "Success"
            }
            guard result.isSame(as: "Success") else {
                throw ManagerError(.refused, "The transfer failed: \(result).")
            }
        }
    }

    /// Begins a transfer in which `channel` talks to the new party first. It is done when `channel` hangs up.
    ///
    /// Asterisk does this by playing its feature code for the channel; in no bridge, that would only be heard as digits and
    /// called a success. The call must allow the feature (`t` or `T` of Dial and Queue), and features.conf must have `atxfer`.
    ///
    /// - Returns: True once the transfer is complete; false if the consultation has begun and is still on at the deadline.
    /// - Throws: ``ManagerError``
    public func attendedTransfer(
        _ channel: ChannelSnapshot,
        to exten: String,
        context: String? = nil,
        within limit: Duration = .seconds(60)
    ) async throws(ManagerError) -> Bool {
        let status = try await self.channel(channel.name, variables: [])
        guard !status.bridgeID.isEmpty else {
            throw ManagerError(.invalid, "The channel talks with nobody, so there is nobody to transfer.")
        }
        return try await client.withEvents(.callControl) { (events) async throws(ManagerError) in
            var action = Action("Atxfer", .changes, ["Channel": channel.name, "Exten": exten])
            action.add("Context", context)
            try await client.send(action)
            try await confirm("The transfer", by: events) { event in
                event.eventName == "BridgeLeave" && event["Uniqueid"] == channel.uniqueid ? true : nil
            } orState: { () async throws(ManagerError) in
                let now = try await channels().first { $0.uniqueid == channel.uniqueid }
                return now.map { $0.bridgeID != status.bridgeID } ?? false ? true : nil
            }
            let done = try await events.first(until: .now + limit) { event in
                event.eventName == "AttendedTransfer" && event["OrigTransfererUniqueid"] == channel.uniqueid
                    ? true : nil
            }
            return done ?? false
        }
    }

    /// Where a channel is sent.
    public struct Place: Sendable, Equatable {
        /// The extension.
        public var exten: String
        /// Its context.
        public var context: String

        /// A place in the dialplan.
        public init(exten: String, context: String) {
            self.exten = exten
            self.context = context
        }
    }

    /// Sends a channel to another place of the dialplan, and with it the channel that it talks with, if that is given.
    ///
    /// One leg of a bridge that is redirected alone drops the other; both move in one action.
    ///
    /// - Throws: ``ManagerError``
    public func redirect(
        _ channel: ChannelSnapshot,
        to place: Place,
        with other: (channel: ChannelSnapshot, place: Place)? = nil
    ) async throws(ManagerError) {
        var action = Action("Redirect", .changes, ["Channel": channel.name])
        action.add("Context", place.context)
        action.add("Exten", place.exten)
        action.add("Priority", "1")
        if let other {
            action.add("ExtraChannel", other.channel.name)
            action.add("ExtraContext", other.place.context)
            action.add("ExtraExten", other.place.exten)
            action.add("ExtraPriority", "1")
        }
        try await client.withEvents(EventMask(classes: ["call", "dialplan"]) ?? .on) {
            (events) async throws(ManagerError) in
            try await client.send(action)
            var missing = [channel.uniqueid: place]
            if let other { missing[other.channel.uniqueid] = other.place }
            var sent: Set<String> = []
            let isThere = try await confirm("The redirect", by: events) { event -> Bool? in
                guard let seen = ChannelSnapshot(event), let place = missing[seen.uniqueid] else { return nil }
                if event.eventName == "Hangup" { return false }
                // The first tells that the channel is sent there, even if there is no such place, the second that an
                // application runs there.
                if event.eventName == "Newexten", place.holds(seen), !sent.insert(seen.uniqueid).inserted {
                    missing[seen.uniqueid] = nil
                }
                return missing.isEmpty ? true : nil
            } orState: { () async throws(ManagerError) in
                let channels = try await channels()
                guard missing.keys.allSatisfy({ id in channels.contains { $0.uniqueid == id } }) else { return false }
                for seen in channels where missing[seen.uniqueid]?.holds(seen) ?? false {
                    missing[seen.uniqueid] = nil
                }
                return missing.isEmpty ? true : nil
            }
            guard isThere else {
                throw ManagerError(
                    .outcomeUnknown,
                    "The channel was sent there and has ended: there is no such extension, or it ended at once."
                )
            }
        }
    }
}

extension CallControl.Place {
    fileprivate func holds(_ channel: ChannelSnapshot) -> Bool {
        channel.context == context && channel.exten == exten
    }
}
