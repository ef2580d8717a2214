import AMI
public import Switchboard

extension CallControl {
    /// Sends the party that is talking to `channel` to an extension, and releases `channel`.
    ///
    /// Asterisk reports success as soon as the party is on its way, and hangs it up if the extension does not exist; so
    /// the dialplan is checked first.
    ///
    /// - Parameters:
    ///   - channel: The channel that transfers.
    ///   - place: The target.
    /// - Returns: The successful outcome.
    /// - Throws: ``ManagerError``; `refused` if the extension does not exist, in which case nothing was sent.
    public func blindTransfer(
        _ channel: ChannelSnapshot,
        to place: Place
    ) async throws(ManagerError) -> TransferOutcome {
        try await requireExtension(place)
        return try await client.listen(for: .callControl) { (events) async throws(ManagerError) in
            let doubt = try await give(
                Action(
                    "BlindTransfer",
                    .changes,
                    ["Channel": channel.name, "Exten": place.exten, "Context": place.context]
                )
            )
            // The reply already says "Transfer succeeded"; the event, if the user may read it, confirms it.
            let result = try await confirm("The transfer", despite: doubt, by: events) { event in
                guard case .transfer(.blind(let transfer)) = event else { return nil }
                return transfer.transferer == channel.uniqueid ? transfer.result ?? "Success" : nil
            } orState: { () async throws(ManagerError) in
                "Success"
            }
            guard result.isSame(as: "Success") else {
                throw ManagerError(.refused, "The transfer failed: \(result).")
            }
            return TransferOutcome(.done, "The other party is being sent to \(place.exten)@\(place.context).")
        }
    }

    /// Makes sure that the dialplan has an extension. If that is unknown, because the user may not ask or the context
    /// looks extensions up elsewhere, nothing is refused.
    private func requireExtension(_ place: Place) async throws(ManagerError) {
        do {
            let found = try await client.list(
                Action("ShowDialPlan", .reads, ["Context": place.context, "Extension": place.exten]),
                emptyWords: ["Did not find"]
            )
            if found.contains(where: { $0["Extension"] != nil || $0["Switch"] != nil }) { return }
            let context = try await client.list(
                Action("ShowDialPlan", .reads, ["Context": place.context]),
                emptyWords: ["Did not find"]
            )
            guard !context.contains(where: { $0["Switch"] != nil }) else { return }
        } catch {
            guard [.permissionDenied, .unknownCommand, .limit].contains(error.code) else { throw error }
            return
        }
        throw ManagerError(
            .refused,
            "The dialplan has no extension \(place.exten) in the context \(place.context); nothing was transferred."
        )
    }

    /// The context from which FreePBX's phones dial, for a channel or a request without one.
    public static let usualContext = "from-internal"
    /// How long an attended transfer is watched by default.
    public static let usualTransferLimit: Duration = .seconds(600)

    /// Begins a transfer in which `channel` first talks to the new party, and watches it to its end.
    ///
    /// Asterisk does this by playing its feature code for the channel. Outside a bridge, that would only be heard as
    /// digits, and be reported as a success. The call must permit the feature (`t` or `T` of Dial and Queue), and
    /// features.conf must have `atxfer`.
    ///
    /// - Parameters:
    ///   - channel: The channel that transfers.
    ///   - place: The target.
    ///   - limit: How long to watch; after that the status is `unknown`.
    /// - Returns: The outcome, and who is talking to whom.
    /// - Throws: ``ManagerError`` if the transfer did not begin.
    public func attendedTransfer(
        _ channel: ChannelSnapshot,
        to place: Place,
        within limit: Duration = CallControl.usualTransferLimit
    ) async throws(ManagerError) -> TransferOutcome {
        let before = try await channels()
        guard let transferer = before.first(where: { $0.uniqueid == channel.uniqueid }), !transferer.bridgeID.isEmpty
        else {
            throw ManagerError(.invalid, "The channel is not talking to anybody, so there is nobody to transfer.")
        }
        let others = before.filter { $0.bridgeID == transferer.bridgeID && $0.uniqueid != transferer.uniqueid }
        guard let customer = others.first, others.count == 1 else {
            throw ManagerError(
                .invalid,
                "The channel is talking to nobody or to several parties, so it is not clear whom to transfer."
            )
        }
        return try await client.listen(for: .callControl) { (events) async throws(ManagerError) in
            var watch = AttendedTransferWatch(transferer: transferer, customer: customer, exten: place.exten)
            var action = Action("Atxfer", .changes, ["Channel": transferer.name, "Exten": place.exten])
            action.add("Context", place.context)
            try await client.send(action)
            let end = ContinuousClock.now + limit
            let begin = ContinuousClock.now + confirmTimeout
            while .now < end {
                let until = min(end, .now + .seconds(2))
                do throws(ManagerError) {
                    if let outcome = try await events.first(until: until, { watch.take($0) }) { return outcome }
                    if let outcome = watch.look(at: try await channels()) { return outcome }
                } catch {
                    throw error.afterAcceptance(of: "The transfer")
                }
                if !watch.hasBegun, .now > begin {
                    throw ManagerError(
                        .outcomeUnknown,
                        "The PBX accepted the transfer, but it did not begin: the call may not allow it (`t` or `T` of Dial and Queue)."
                    )
                }
            }
            return watch.unfinished
        }
    }

    /// A place to which a channel can be sent.
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

    /// Sends a channel to another place in the dialplan and, if given, its peer to a second one.
    ///
    /// If one leg of a bridge is redirected alone, the other is dropped; both are moved by one action.
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
        try await client.listen(for: [.call, .dialplan]) { (events) async throws(ManagerError) in
            let doubt = try await give(action)
            var missing = [channel.uniqueid: place]
            if let other { missing[other.channel.uniqueid] = other.place }
            var sent: Set<String> = []
            let isThere = try await confirm("The redirect", despite: doubt, by: events) { event -> Bool? in
                if case .channel(.hungUp(let end)) = event { return missing[end.uniqueid] == nil ? nil : false }
                guard case .channel(.runs(let seen)) = event, let place = missing[seen.uniqueid] else { return nil }
                // The first event reports that the channel is sent there, even if the place does not exist; the second,
                // that an application runs there.
                if place.holds(seen), !sent.insert(seen.uniqueid).inserted {
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
                    "The channel was sent there and ended: the extension does not exist, or its dialplan ended the call immediately."
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
