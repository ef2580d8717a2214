import Testing

@testable import AMI

@Suite struct LoginTests {
    @Test func challengeKeepsTheSecretOffTheWire() {
        var bench = Bench()
        bench.receive("Asterisk Call Mana")
        #expect(bench.written.isEmpty)
        bench.receive("ger/11.0.0\r\n")
        #expect(bench.written == ["Action: Challenge\r\nActionID: t-1\r\nAuthType: MD5\r\n\r\n"])
        bench.receive("Response: Success\r\nActionID: t-1\r\nChallenge: 123456\r\n\r\n")
        // printf 123456secret | md5sum
        #expect(bench.written.last?.contains("Key: 992f3c4e7ec9a0e96173284c816612bd\r\n") ?? false)
        #expect(!bench.written.joined().contains("secret"))
        // The greeting of a `system` reader comes in the same segment as the reply.
        bench.receive(
            "Response: Success\r\nActionID: t-2\r\n\r\nEvent: FullyBooted\r\n\r\nEvent: SuccessfulAuth\r\n\r\n"
        )
        #expect(bench.session.phase == .ready)
        #expect(bench.events == ["FullyBooted", "SuccessfulAuth"])
    }

    @Test func refusalIsARefusalHoweverLate() {
        var bench = Bench()
        bench.receive("Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nChallenge: 1\r\n\r\n")
        bench.pass(.seconds(1))
        bench.receive("Response: Error\r\nActionID: t-2\r\nMessage: Authentication failed\r\n\r\n")
        #expect(bench.closed == .loginRefused("Authentication failed"))
        bench.take(bench.session.connectionClosed())
        #expect(bench.closed == .loginRefused("Authentication failed"))
    }

    @Test func silenceIsToldApart() {
        var noBanner = Bench()
        noBanner.pass(.seconds(4))
        #expect(noBanner.closed == nil)
        noBanner.pass(.seconds(1))
        #expect(noBanner.closed == .bannerTimeout)
        var closedAtOnce = Bench()
        closedAtOnce.take(closedAtOnce.session.connectionClosed())
        #expect(closedAtOnce.closed == .closedBeforeBanner)
        var noLogin = Bench()
        noLogin.receive("Asterisk Call Manager/11.0.0\r\n")
        noLogin.pass(.seconds(4))
        #expect(noLogin.closed == nil)
        noLogin.pass(.seconds(1))
        #expect(noLogin.closed == .loginTimeout)
        var cutLogin = Bench()
        cutLogin.receive("Asterisk Call Manager/11.0.0\r\n")
        cutLogin.take(cutLogin.session.connectionClosed())
        #expect(cutLogin.closed == .closedDuringLogin)
        var other = Bench()
        other.receive("SSH-2.0-x\r\n")
        guard case .broken(let error)?? = other.closed else {
            Issue.record("The greeting was taken.")
            return
        }
        #expect(error.code == .notAMI)
    }

    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
    ])
    func digestsOfRFC1321(_ text: String, _ digest: String) {
        #expect(MD5.hexadecimal(of: text.utf8) == digest)
    }
}

@Suite struct CorrelationTests {
    @Test func answersAreMatchedByIdNotByOrder() throws {
        var bench = Bench()
        bench.logIn()
        let first = try bench.submit(Action("Ping"))
        let second = try bench.submit(Action("CoreStatus"))
        bench.receive("Response: Success\r\nActionID: t-\(second)\r\nX: 2\r\n\r\n")
        #expect(bench.reply(first) == nil)
        #expect(bench.reply(second)?.response["X"] == "2")
        bench.receive("Response: Error\r\nMessage: no\n\r\nActionID: t-\(first)\r\n\r\n")
        // The stray LF ended the reply before its ActionID: it answers nothing, and the rest is not a valid message.
        #expect(bench.reply(first) == nil)
        #expect(bench.orphans >= 1)
    }

    @Test func aLateReplyAnswersNothing() throws {
        var bench = Bench()
        bench.logIn()
        let slow = try bench.submit(Action("Originate", .changes), timeout: .seconds(3))
        bench.pass(.seconds(3))
        #expect(bench.failure(slow)?.reason == .timedOut)
        #expect(bench.failure(slow)?.wasSent == true)
        let next = try bench.submit(Action("Ping"))
        bench.receive("Response: Success\r\nActionID: t-\(slow)\r\nMessage: Originate successfully queued\r\n\r\n")
        #expect(bench.orphans == 1)
        #expect(bench.reply(next) == nil)
        bench.receive("Response: Success\r\nActionID: t-\(next)\r\nPing: Pong\r\n\r\n")
        #expect(bench.reply(next)?.response["Ping"] == "Pong")
    }

    @Test func lossTellsWhatWasSent() throws {
        var bench = Bench { $0.actionsAtOnce = 1 }
        bench.logIn()
        let sent = try bench.submit(Action("Originate", .changes))
        let unsent = try bench.submit(Action("Originate", .changes))
        #expect(bench.written.count == 1)
        #expect(bench.session.inFlight.map(\.isSent) == [true, false])
        bench.receive("Event: Shutdown\r\nShutdown: Cleanly\r\n\r\nEvent: Hang")
        bench.take(bench.session.connectionClosed())
        #expect(bench.failure(sent)?.wasSent == true)
        #expect(bench.failure(unsent)?.wasSent == false)
        #expect(bench.closed == .lost(insideMessage: true, announced: true))
        #expect(bench.events == ["Shutdown"])
        // None of it was written again.
        #expect(bench.written.count == 1)
    }

    @Test func anActionWhoseTimeIsUpIsNeverSent() throws {
        var bench = Bench { $0.actionsAtOnce = 1 }
        bench.logIn()
        let first = try bench.submit(Action("Ping"), timeout: .seconds(20))
        let second = try bench.submit(Action("Hangup", .changes), timeout: .seconds(5))
        bench.pass(.seconds(5))
        #expect(bench.failure(second)?.wasSent == false)
        bench.receive("Response: Success\r\nActionID: t-\(first)\r\n\r\n")
        #expect(bench.reply(first) != nil)
        #expect(bench.written.count == 1)
    }

    @Test func originateResponseIsAnEventThoughItHasOurId() throws {
        var bench = Bench()
        bench.logIn()
        let ticket = try bench.submit(Action("Originate", .changes))
        // It may arrive before the reply to its own action.
        bench.receive(
            "Event: OriginateResponse\r\nActionID: t-\(ticket)\r\nResponse: Failure\r\nUniqueid: <unknown>\r\n\r\n"
        )
        #expect(bench.events == ["OriginateResponse"])
        #expect(bench.reply(ticket) == nil)
        bench.receive("Response: Success\r\nActionID: t-\(ticket)\r\n\r\n")
        #expect(bench.reply(ticket)?.isSuccess == true)
    }

    @Test func aUserEventCannotAnswerForThePBX() throws {
        var bench = Bench()
        bench.logIn()
        let ticket = try bench.submit(Action("Ping"))
        bench.receive("Event: UserEvent\r\nResponse: Error\r\nEvent: Hangup\r\nActionID: t-\(ticket)\r\n\r\n")
        #expect(bench.events == ["UserEvent"])
        #expect(bench.reply(ticket) == nil)
    }

    @Test func whatCannotBeSentIsNotSubmitted() {
        var bench = Bench()
        bench.logIn()
        #expect(throws: ProtocolError.self) {
            try bench.session.submit(Action("A\nB"), timeout: .seconds(1), at: bench.now).ticket
        }
        #expect(bench.session.inFlight.isEmpty)
    }

    @Test func actionsBeforeTheLoginWaitForIt() throws {
        var bench = Bench()
        let ticket = try bench.submit(Action("Ping"))
        bench.receive("Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nChallenge: 1\r\n\r\n")
        #expect(!bench.written.joined().contains("Ping"))
        bench.receive("Response: Success\r\n\r\n")
        #expect(bench.written.last?.hasPrefix("Action: Ping\r\nActionID: t-\(ticket)\r\n") == true)
    }
}
@Suite struct KeepaliveTests {
    @Test func silenceIsBrokenAndItsEndGivenUpOn() {
        var bench = Bench()
        bench.logIn()
        bench.pass(.seconds(19))
        #expect(bench.written.isEmpty)
        bench.pass(.seconds(1))
        #expect(bench.written.first?.hasPrefix("Action: Ping\r\n") == true)
        bench.pass(.seconds(10))
        #expect(bench.closed == .unanswered)
    }

    @Test func thePongIsNoOrphanAndStartsAnew() {
        var bench = Bench()
        bench.logIn()
        bench.pass(.seconds(20))
        bench.receive("Response: Success\r\nActionID: t-3\r\nPing: Pong\r\n\r\n")
        #expect(bench.orphans == 0)
        bench.pass(.seconds(19))
        #expect(bench.written.count == 1)
        bench.pass(.seconds(1))
        #expect(bench.written.count == 2)
    }

    @Test func aBlockingActionIsNotADeadLink() throws {
        var bench = Bench()
        bench.logIn()
        let ticket = try bench.submit(Action("Originate", .changes), timeout: .seconds(60))
        bench.pass(.seconds(45))
        #expect(bench.written.count == 1)
        #expect(bench.closed == nil)
        bench.receive("Response: Success\r\nActionID: t-\(ticket)\r\n\r\n")
        #expect(bench.reply(ticket) != nil)
    }

    @Test func loggingOffIsAGoodEnd() {
        var bench = Bench()
        bench.logIn()
        bench.take(bench.session.close(at: bench.now))
        #expect(bench.written.first?.hasPrefix("Action: Logoff\r\n") == true)
        bench.receive("Response: Goodbye\r\nMessage: Thanks for all the fish.\r\n\r\n")
        #expect(bench.closed == .some(nil))
    }
}
