import Testing

@testable import AMI

@Suite struct ListTests {
    private func start(_ bench: inout Bench) throws -> Int {
        let ticket = try bench.submit(Action("QueueStatus"), expecting: .list)
        bench.receive(
            "Response: Success\r\nActionID: t-\(ticket)\r\nEventList: start\r\nMessage: Queue status will follow\r\n\r\n"
        )
        return ticket
    }

    @Test func itemsAndEventsAreToldApartById() throws {
        var bench = Bench()
        bench.logIn()
        let ticket = try start(&bench)
        bench.receive("Event: ParkedCall\r\nActionID: t-\(ticket)\r\nN: 1\r\n\r\n")
        bench.receive("Event: ParkedCall\r\nN: broadcast\r\n\r\n")
        bench.receive("Event: ParkedCall\r\nActionID: other-9\r\nN: foreign\r\n\r\n")
        bench.receive(
            "Event: QueueStatusComplete\r\nActionID: t-\(ticket)\r\nEventList: Complete\r\nListItems: 9\r\n\r\n"
        )
        #expect(bench.reply(ticket)?.items.map { $0["N"] } == ["1"])
        #expect(bench.events == ["ParkedCall", "ParkedCall"])
    }

    @Test func listsOfAsterisk11EndWithoutEventList() throws {
        var bench = Bench()
        bench.logIn()
        let ticket = try bench.submit(Action("QueueStatus"), expecting: .list)
        bench.receive("Response: Success\r\nActionID: t-\(ticket)\r\nMessage: Queue status will follow\r\n\r\n")
        #expect(bench.reply(ticket) == nil)
        bench.receive(
            "Event: QueueParams\r\nActionID: t-\(ticket)\r\n\r\nEvent: QueueStatusComplete\r\nActionID: t-\(ticket)\r\n\r\n"
        )
        #expect(bench.reply(ticket)?.items.count == 1)
    }

    @Test func anErrorIsTheWholeAnswer() throws {
        var bench = Bench()
        bench.logIn()
        let ticket = try bench.submit(Action("ConfbridgeListRooms"), expecting: .list)
        bench.receive("Response: Error\r\nActionID: t-\(ticket)\r\nMessage: No active conferences.\r\n\r\n")
        #expect(bench.reply(ticket)?.isSuccess == false)
        #expect(bench.reply(ticket)?.message == "No active conferences.")
    }

    @Test func aLostEndGivesWhatCame() throws {
        var bench = Bench()
        bench.logIn()
        let ticket = try start(&bench)
        bench.receive("Event: QueueParams\r\nActionID: t-\(ticket)\r\n\r\n")
        bench.pass(.seconds(10))
        #expect(bench.failure(ticket)?.reason == .timedOut)
        #expect(bench.failure(ticket)?.partial.count == 1)
        // The rest of the list belongs to nobody and is not an event.
        bench.receive("Event: QueueMember\r\nActionID: t-\(ticket)\r\n\r\n")
        #expect(bench.events.isEmpty)
        #expect(bench.orphans == 1)
    }

    @Test func cancelledListsSaySo() throws {
        var bench = Bench()
        bench.logIn()
        let ticket = try start(&bench)
        bench.receive("Event: QueueStatusComplete\r\nActionID: t-\(ticket)\r\nEventList: cancelled\r\n\r\n")
        #expect(bench.reply(ticket)?.isCancelled == true)
    }

    @Test func listsHaveALimit() throws {
        var bench = Bench { $0.listItems = 2 }
        bench.logIn()
        let ticket = try start(&bench)
        for _ in 0..<4 { bench.receive("Event: QueueMember\r\nActionID: t-\(ticket)\r\n\r\n") }
        #expect(bench.failure(ticket)?.reason == .listTooLong)
        #expect(bench.failure(ticket)?.partial.count == 3)
        #expect(bench.events.isEmpty)
    }
}
/// A whole session with a login, two actions and a list has the same effects however its bytes are split.
@Suite struct SplitSessionTests {
    private static let transcript =
        "Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nChallenge: 1\r\n\r\nResponse: Success\r\n\r\n"
        + "Event: A\r\n\r\nResponse: Success\r\nActionID: t-3\r\nEventList: start\r\n\r\nEvent: I\r\nActionID: t-3\r\n\r\n"
        + "Event: IComplete\r\nActionID: t-3\r\nEventList: Complete\r\n\r\nEvent: B\r\nName: €\r\n\r\n"

    /// Random splits, reproducible by their seed.
    @Test(arguments: 0..<100) func randomCuts(seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        var bench = Bench()
        var rest = Array(Self.transcript.utf8)[...]
        var ticket: Int?
        while !rest.isEmpty {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let count = min(rest.count, Int(state >> 33) % 40 + 1)
            bench.take(bench.session.received(rest.prefix(count), at: bench.now))
            rest = rest.dropFirst(count)
            // The list is requested once the challenge was answered, so its ticket is 3 for every split.
            if ticket == nil, bench.written.count == 2 { ticket = try bench.submit(Action("I"), expecting: .list) }
        }
        // Splits that end inside the login submit in time; the list is complete in all of them.
        if let ticket, bench.events == ["A", "B"] { #expect(bench.reply(ticket)?.items.count == 1) }
        #expect(bench.events.first == "A")
        #expect(bench.events.last == "B")
        #expect(bench.session.phase == .ready)
    }
}
