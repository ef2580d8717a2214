import Base
import Switchboard
import Testing
import TestSupport

/// A program that begins, or goes on, in the middle of calls.
@Suite struct CallEventsRestartTests {
    private func channel(
        _ id: String,
        _ name: String,
        _ state: ChannelSnapshot.State,
        bridge: String = ""
    ) -> ChannelSnapshot {
        var channel = ChannelSnapshot(name: name, uniqueid: id, linkedid: "c")
        (channel.state, channel.bridgeID, channel.seconds) = (state, bridge, id == "c" ? 20 : 10)
        return channel
    }

    private func waiting(_ id: String) -> QueueSnapshotItem {
        var caller = QueueCallerFacts(queue: "support", uniqueid: id)
        caller.wait = 15
        return .caller(caller)
    }

    private func lines(_ machine: inout CallEventMachine, _ table: String) -> [String] {
        CallScript.events(table).flatMap { machine.take($0.event, at: $0.at) }.map(CallScript.line)
    }

    @Test func `a call that rings at the start is not told of again, and its end is`() {
        var machine = CallEventMachine(reader: ThreeDigits())
        let first = machine.resume(
            channels: [channel("c", "PJSIP/trunk-1", .up), channel("a", "PJSIP/101-1", .ringing)],
            queues: [waiting("c")],
            at: 100
        )
        #expect(first.isEmpty)
        let told = lines(
            &machine,
            """
            101 ring a
            101 call support c PJSIP/101 Ann a
            105 ask c
            105 end a
            105 end c
            """
        )
        #expect(
            told == ["105 pop.close Ann abandoned", "105 call.lost c", "105 call.ended c lost wait 20 talk 0"]
        )
    }

    @Test func `a call whose parties talk at the start was answered`() {
        var machine = CallEventMachine(reader: ThreeDigits())
        let first = machine.resume(
            channels: [
                channel("c", "PJSIP/trunk-1", .up, bridge: "x"), channel("a", "PJSIP/101-1", .up, bridge: "x"),
            ],
            at: 100
        )
        #expect(first.isEmpty)
        let table = """
            110 out a x
            110 end a
            110 end c
            """
        #expect(lines(&machine, table) == ["110 call.ended c answered wait ? talk ?"])
    }

    @Test func `calls that ended while nobody listened are ended once, without a guess`() {
        var machine = CallEventMachine(reader: ThreeDigits())
        let before = lines(
            &machine,
            """
            0 new c c PJSIP/trunk-1 101
            1 new a c PJSIP/101-1
            1 ring a
            2 new d d PJSIP/trunk-2 102
            2 new b d PJSIP/102-1
            2 ring b
            4 in d x
            4 in b x
            """
        )
        #expect(before.count == 6)
        let resumed = machine.resume(channels: [], at: 60).map(CallScript.line)
        #expect(
            resumed == [
                "60 pop.close 101 no_answer", "60 call.ended c unknown wait 60 talk 0",
                "60 call.ended d answered wait 2 talk 56",
            ]
        )
        #expect(lines(&machine, "61 end c").isEmpty && machine.count == 0)
    }

    @Test func `a call that goes on through a gap keeps what was known`() {
        var machine = CallEventMachine(reader: ThreeDigits())
        _ = lines(
            &machine,
            """
            90 new c c PJSIP/trunk-1 101
            91 new a c PJSIP/101-1
            91 ring a
            95 in c x
            95 in a x
            """
        )
        let channels = [
            channel("c", "PJSIP/trunk-1", .up, bridge: "x"), channel("a", "PJSIP/101-1", .up, bridge: "x"),
        ]
        #expect(machine.resume(channels: channels, at: 100).isEmpty)
        #expect(lines(&machine, "120 end a\n120 end c") == ["120 call.ended c answered wait 5 talk 25"])
    }
}
