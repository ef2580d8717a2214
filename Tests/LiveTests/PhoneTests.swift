import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// Requests about SIP phones with audio. `PJSIP/busy@line` calls the extension `busy` of the test phones over SIP.
    @Suite struct PhoneTests {
        private func conversation(_ control: CallControl) async throws -> Live.Conversation {
            try await Live.conversation(control, with: "dial-desk", from: "PJSIP/line")
        }

        /// A phone's refusal is a SIP status, which the PBX reports differently from a Local channel's result.
        @Test(arguments: [
            ("answer@line", OriginateOutcome.Status.answered), ("busy@line", .busy), ("ring@line", .noAnswer),
            ("congestion@line", .congestion), ("reject@line", .congestion), ("nobody@line", .failed),
            ("drawer", .failed), ("nowhere", .failed),
        ])
        func `the outcome is that of the phone`(phone: String, status: OriginateOutcome.Status) async throws {
            try await Live.with { client in
                var request = Live.call("answer", to: "echo@phones", wait: phone == "answer@line" ? .answered : .done)
                request.channel = "PJSIP/\(phone)"
                if phone == "ring@line" { request.timeout = .seconds(2) }
                let outcome = try await CallControl(client).originate(request)
                #expect(outcome.status == status, "\(outcome.detail)")
            }
        }

        @Test func `a trunk that is busy is the outcome of the whole call`() async throws {
            try await Live.with { client in
                var request = Live.call("answer", to: "dial-line-busy@phones", wait: .done)
                request.channel = "PJSIP/line"
                let outcome = try await CallControl(client).originate(request)
                #expect(outcome.status == .busy, "\(outcome.detail)")
            }
        }

        @Test func `the requested codec is the codec of the call`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                var request = Live.call("answer", to: "echo@phones")
                request.channel = "PJSIP/line"
                request.codecs = "alaw"
                let outcome = try await control.originate(request)
                let name = "CHANNEL(audionativeformat)"
                let channel = try await control.channel(outcome.channelID, variables: [name])
                #expect(channel.variables.first { $0.name == name }?.value == "(alaw)")
            }
        }

        @Test func `a blind transfer moves the other phone`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await conversation(control)
                _ = try await control.blindTransfer(call.second, to: .init(exten: "conf", context: "phones"))
                try await Live.eventually("The other phone is in the conference.") {
                    try await control.channels().first {
                        $0.uniqueid == call.first.uniqueid && $0.application == "ConfBridge"
                    }
                }
            }
        }

        @Test func `an attended transfer connects the other two`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await conversation(control)
                try await Live.checkAttendedTransfer(control, call)
            }
        }

        @Test func `a phone is parked and spied on`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await conversation(control)
                let outcome = try await control.spy(
                    "PJSIP/echo@line",
                    on: call.first,
                    mode: .whisper
                )
                #expect(outcome.status == .bridged, "\(outcome.detail)")
                let slot = try await control.park(call.first)
                #expect(try TestAsterisk.shared().console("parking show default").contains(slot.space))
            }
        }

        /// Digits sent down the line are transmitted over RTP and arrive at the other end; with `receive`, it is as if
        /// the phone had sent them.
        @Test(arguments: [false, true])
        func `digits are heard`(receive: Bool) async throws {
            try await Live.with { client in
                let control = CallControl(client)
                // The extension that reads digits is at the phone's end, or at ours.
                var request = Live.call("answer", to: (receive ? "digits" : "echo") + "@phones")
                request.channel = receive ? "PJSIP/tone@line" : "PJSIP/digits@line"
                let outcome = try await control.originate(request)
                let channel = try await control.resolve(outcome.channelID)
                let heard = try await client.withEvents(.callControl) { (events) async throws(ManagerError) in
                    let digits: DTMF
                    do { digits = try DTMF("4711*") } catch { throw ManagerError(.invalid, "No digits.") }
                    try await control.play(digits, on: channel, receive: receive)
                    let end = ContinuousClock.now + Live.patience
                    while let item = try await events.next(until: end) {
                        if case .event(let event) = item, let got = event.raw["Got"] { return Optional(got) }
                    }
                    return nil
                }
                #expect(heard == "4711*")
            }
        }
    }
}
