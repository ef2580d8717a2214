import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    @Suite struct OriginateTests {
        @Test(arguments: [
            ("answer", OriginateOutcome.Status.answered), ("busy", .busy), ("ring", .noAnswer),
            ("congestion", .congestion), ("drop", .failed), ("nobody", .failed),
        ])
        func `the outcome is that of the called party`(phone: String, status: OriginateOutcome.Status) async throws {
            try await Live.with { client in
                var request = Live.call(phone)
                if phone == "ring" { request.timeout = .seconds(2) }
                let control = CallControl(client)
                let outcome = try await control.originate(request)
                #expect(outcome.status == status, "\(outcome.detail)")
                let isOn = try await control.channels().contains { $0.uniqueid == outcome.channelID }
                #expect(isOn == (status == .answered))
            }
        }

        @Test func `to the end of the talk`() async throws {
            try await Live.with { client in
                let request = Live.call("answer", to: "dial-short@phones", wait: .done)
                let outcome = try await CallControl(client).originate(request)
                #expect(outcome.status == .done, "\(outcome.detail)")
                // The far side hangs up one second after it answered.
                let talk = try #require(outcome.talkTime)
                #expect((Duration.milliseconds(500)...Duration.milliseconds(2500)).contains(talk), "\(talk)")
            }
        }

        /// Dial reports every refusal of a phone as "no answer"; the cause of the far channel's end is more precise.
        @Test(arguments: [
            ("dial-busy", OriginateOutcome.Status.busy), ("dial-line-busy", .busy), ("dial-line-reject", .congestion),
            ("dial-line-nosuch", .failed), ("dial-drawer", .failed),
        ])
        func `the outcome is that of the far side`(far: String, status: OriginateOutcome.Status) async throws {
            for wait in [OriginateRequest.Wait.bridged, .done] {
                try await Live.with { client in
                    let request = Live.call("answer", to: "\(far)@phones", wait: wait)
                    let outcome = try await CallControl(client).originate(request)
                    #expect(outcome.status == status, "\(wait): \(outcome.detail)")
                }
            }
        }

        @Test func `a caller whom the queue does not serve is not done`() async throws {
            try await Live.with { client in
                let request = Live.call("wait", to: "waiting@brief", wait: .done)
                let outcome = try await CallControl(client).originate(request)
                #expect(outcome.status == .failed, "\(outcome.detail)")
            }
        }

        @Test func `the same order twice makes one call`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let id = "crm-twice-\(UInt32.random(in: 0...(.max)))"
                let first = try await control.originate(Live.call("answer", id: id))
                #expect(first.status == .answered && first.channelID == id)
                let code = try await Live.code {
                    _ = try await control.originate(Live.call("answer", id: id))
                }
                #expect(code == .refused)
                let queued = try await Live.code {
                    let request = Live.call("answer", to: "wait@callers", id: id, wait: .queued)
                    _ = try await control.originate(request)
                }
                #expect(queued == .refused)
                // Two halves of one Local channel, as after the first request.
                let channels = try await control.channels().filter { $0.linkedid == id }
                #expect(Set(channels.map(\.uniqueid)) == [id, id + "-2"])
            }
        }

        @Test func `variables arrive unchanged`() async throws {
            try await Live.with { client in
                var request = Live.call("answer")
                let value = "a,b;c=\"d\" \\e (f) [g] ü"
                request.variables = [
                    ChannelVariable(name: "ORDER", value: value), ChannelVariable(name: "__NOTE", value: "17"),
                ]
                request.account = "sales"
                request.callerID = "\"Jürgen\" <4930123>"
                let control = CallControl(client)
                let outcome = try await control.originate(request)
                let some = try await control.channel(outcome.channelID, variables: ["ORDER"])
                #expect(some.variables.first { $0.name == "ORDER" }?.value == value)
                let all = try await control.channel(outcome.channelID)
                #expect(all.variables.first { $0.name == "ORDER" }?.value == value)
                #expect(all.variables.contains { $0.name.hasSuffix("NOTE") && $0.value == "17" })
                #expect(all.account == "sales")
            }
        }

        @Test func `a call that the guard refuses is never dialled`() async throws {
            try await Live.with { client in
                var rules = DialGuard.Rules()
                rules.contexts = ["phones"]
                let control = CallControl(client)
                let request = Live.call("answer", to: "wait@callers")
                let code = try await Live.code {
                    let limits = OrderDesk.Limits(perMinute: 0, perDay: 0, atOnce: 0)
                    let desk = OrderDesk(dialGuard: DialGuard(rules: rules), limits: limits)
                    _ = try await desk.carryOut(Order(request)) {
                        () async throws(ManagerError) in
                        try await control.originate(request)
                    }
                }
                #expect(code == .dialGuard)
                #expect(try await !control.channels().contains { $0.uniqueid == request.channelID })
            }
        }
    }
}
