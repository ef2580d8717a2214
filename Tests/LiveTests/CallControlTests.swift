import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// Each order is given to a call that is up, and the PBX is asked afterwards what became of it.
    @Suite struct CallControlTests {
        /// A user who sees no events gets the confirmation from the state of the channels.
        @Test(arguments: ["full", "deaf"])
        func `hangup returns when the channel is gone`(user: String) async throws {
            try await Live.with { client in
                let call = try await Live.conversation(CallControl(client))
                try await Live.with(user) { try await CallControl($0).hangup(call.first, cause: 17) }
                let console = try TestAsterisk.shared().console("core show channels concise")
                #expect(!console.contains(call.first.uniqueid))
                #expect(!console.contains(call.second.uniqueid + "\n"))
            }
        }

        @Test func `a name selects one channel`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                #expect(try await control.resolve(call.first.name).uniqueid == call.first.uniqueid)
                #expect(try await control.resolve(call.first.uniqueid).name == call.first.name)
                #expect(try await Live.code { _ = try await control.resolve("Local/answer@") } == .ambiguousChannel)
                #expect(try await Live.code { _ = try await control.resolve("PJSIP/none") } == .noSuchChannel)
                // The PBX itself would read this as all channels.
                #expect(try await Live.code { _ = try await control.resolve("/.*/") } == .noSuchChannel)
                let calls = try await control.calls(at: 0)
                #expect(calls.contains { $0.id == call.first.linkedid })
            }
        }

        @Test func `a blind transfer moves the other party`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                _ = try await control.blindTransfer(call.second, to: .init(exten: "tone", context: "phones"))
                _ = try await Live.eventually("The party hears the tone.") {
                    try await control.channels().first {
                        $0.uniqueid == call.first.uniqueid && $0.application == "Milliwatt"
                    }
                }
            }
        }

        @Test func `an attended transfer is done when the transferer hangs up`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control, with: "dial-tone")
                try await Live.checkAttendedTransfer(control, call)
            }
        }

        /// The PBX would report success, and hang the customer up.
        @Test(arguments: ["full", "least"])
        func `a blind transfer to an extension that does not exist is refused, and nobody is lost`(
            user: String
        ) async throws {
            try await Live.with { client in
                let call = try await Live.conversation(CallControl(client))
                let code = try await Live.code {
                    try await Live.with(user) { client in
                        let nowhere = CallControl.Place(exten: "nowhere", context: "phones")
                        _ = try await CallControl(client).blindTransfer(call.second, to: nowhere)
                    }
                }
                #expect(code == .refused)
                let now = try await CallControl(client).channels().filter { $0.bridgeID == call.first.bridgeID }
                #expect(Set(now.map(\.uniqueid)) == [call.first.uniqueid, call.second.uniqueid])
            }
        }

        /// The transferer comes back to the customer.
        @Test(arguments: [("401", TransferOutcome.Status.busy), ("402", .congestion)])
        func `an attended transfer to somebody who refuses fails`(
            exten: String,
            status: TransferOutcome.Status
        ) async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control, with: "dial-tone")
                let outcome = try await control.attendedTransfer(
                    call.second,
                    to: .init(exten: exten, context: "phones"),
                    within: .seconds(30)
                )
                #expect(outcome.status == status, "\(outcome.detail)")
                let now = try await control.channels().filter { $0.bridgeID == call.first.bridgeID }
                #expect(Set(now.map(\.uniqueid)) == [call.first.uniqueid, call.second.uniqueid])
            }
        }

        @Test func `an attended transfer of a customer who hangs up fails`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control, with: "dial-tone")
                async let outcome = Live.with { client in
                    try await CallControl(client).attendedTransfer(
                        call.second,
                        to: .init(exten: "400", context: "phones"),
                        within: .seconds(20)
                    )
                }
                _ = try await Live.eventually("The transferer has left the customer.") {
                    try await control.channels().first {
                        $0.uniqueid == call.second.uniqueid && $0.bridgeID != call.first.bridgeID
                    }
                }
                try await control.hangup(call.first)
                let told = try await outcome
                #expect(told.status == .failed && told.detail.contains("has hung up"), "\(told.detail)")
            }
        }

        @Test func `a channel that is not talking to anybody cannot transfer`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let outcome = try await control.originate(Live.call("answer"))
                let alone = try await control.resolve(outcome.channelID)
                #expect(
                    try await Live.code {
                        _ = try await control.attendedTransfer(alone, to: .init(exten: "tone", context: "phones"))
                    } == .invalid
                )
                #expect(
                    try await Live.code {
                        _ = try await control.blindTransfer(alone, to: .init(exten: "tone", context: "phones"))
                    } == .refused
                )
            }
        }

        @Test func `a redirect moves both legs`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                try await control.redirect(
                    call.first,
                    to: CallControl.Place(exten: "tone", context: "phones"),
                    with: (call.second, CallControl.Place(exten: "echo", context: "phones"))
                )
                let places = try await Live.eventually("Both are at their places.") { () -> [String]? in
                    let now = try await control.channels()
                    let pair = [call.first, call.second].compactMap { old in
                        now.first { $0.uniqueid == old.uniqueid }?.application
                    }
                    return pair == ["Milliwatt", "Echo"] ? pair : nil
                }
                #expect(places.count == 2)
            }
        }

        /// The PBX reports success, and ends the channel.
        @Test func `a redirect to nowhere is not reported as done`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                let nowhere = CallControl.Place(exten: "nowhere", context: "phones")
                #expect(try await Live.code { try await control.redirect(call.first, to: nowhere) } == .outcomeUnknown)
            }
        }

        @Test func `parking reports the slot`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                let slot = try await control.park(call.first)
                #expect(slot.lot == "default")
                let space = try #require(Int(slot.space))
                #expect((701...720).contains(space))
                let console = try TestAsterisk.shared().console("parking show default")
                #expect(console.contains(slot.space) && console.contains(call.first.name))
            }
        }

        @Test(arguments: CallControl.SpyMode.allCases)
        func `spying begins`(mode: CallControl.SpyMode) async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                let outcome = try await control.spy(
                    "Local/echo@phones/n",
                    on: call.first,
                    mode: mode
                )
                #expect(outcome.status == .bridged, "\(outcome.detail)")
                let supervisor = try await control.resolve(outcome.channelID)
                #expect(supervisor.application == "ChanSpy")
                #expect(supervisor.applicationData.hasPrefix(call.first.uniqueid))
            }
        }

        @Test func `nobody spies on a call that has ended`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                try await control.hangup(call.first)
                let code = try await Live.code {
                    _ = try await control.spy(
                        "Local/echo@phones/n",
                        on: call.first,
                        mode: .listen
                    )
                }
                #expect(code == .refused)
            }
        }

        @Test func `two strangers are bridged`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                var strangers: [ChannelSnapshot] = []
                for _ in 0..<2 {
                    let outcome = try await control.originate(Live.call("answer"))
                    strangers.append(try await control.resolve(outcome.channelID))
                }
                try await control.bridge(strangers[0], strangers[1])
                let bridges = try await control.channels()
                    .filter { channel in strangers.contains { $0.uniqueid == channel.uniqueid } }.map(\.bridgeID)
                #expect(bridges.count == 2 && bridges[0] == bridges[1] && !bridges[0].isEmpty)
            }
        }

        @Test func `all digits are heard`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let outcome = try await control.originate(Live.call("digits"))
                let channel = try await control.resolve(outcome.channelID)
                let heard = try await client.withEvents(.callControl) { (events) async throws(ManagerError) in
                    try await control.play(try digits("12w34*"), on: channel)
                    let end = ContinuousClock.now + Live.patience
                    while let item = try await events.next(until: end) {
                        if case .event(let event) = item, let got = event.raw["Got"],
                            event.raw["Uniqueid"] == channel.uniqueid + "-2"
                        {
                            return Optional(got)
                        }
                    }
                    return nil
                }
                #expect(heard == "1234*")
            }
        }

        private func digits(_ text: String) throws(ManagerError) -> DTMF {
            do { return try DTMF(text) } catch { throw ManagerError(.invalid, "No digits.") }
        }
    }
}
