import AMI
import AMIClient
import Base
import Switchboard
import Testing
import TestSupport

/// How a writer accounts for the time in which nobody was listening.
@Suite struct QueueSnapshotTests {
    private func writer(_ events: String...) -> QueueLogWriter {
        var writer = QueueLogWriter()
        for event in events { _ = writer.lines(for: Message(line: event[...]), at: 0) }
        return writer
    }

    private func items(_ lines: [String]) -> [Message] { lines.map { Message(line: $0[...]) } }

    @Test func `members and callers at the start, with the times that the PBX gives`() {
        var writer = QueueLogWriter()
        let lines = writer.lines(
            forSnapshot: items([
                "0 QueueParams Queue=q Calls=1",
                "0 QueueMember Queue=q Name=Bob Location=PJSIP/2 Membership=dynamic LoginTime=900 Paused=0 LastPause=950",
                "0 QueueMember Queue=q Name=Eve Location=PJSIP/3 Membership=realtime LoginTime=901 Paused=1 LastPause=960 PausedReason=lunch",
                "0 QueueMember Queue=q Name=Sam Location=PJSIP/4 Membership=static LoginTime=800 Paused=0 LastPause=0",
                "0 QueueMember Queue=q Name=Tom Location=PJSIP/5 Membership=static LoginTime=800 Paused=1 LastPause=970 PausedReason=tea",
                "0 QueueEntry Queue=q Position=2 Uniqueid=1.1 CallerIDNum=+4930 Wait=7",
            ]),
            at: 1000
        )
        #expect(
            lines == [
                "900|MANAGER|q|Bob|ADDMEMBER", "901|MANAGER|q|Eve|ADDMEMBER", "960|NONE|q|Eve|PAUSE|lunch",
                "970|NONE|q|Tom|PAUSE|tea", "993|1.1|q|NONE|ENTERQUEUE||+4930|2",
            ]
        )
        // Events that were sent before it repeat the same.
        for event in [
            "993.4 QueueCallerJoin Queue=q Uniqueid=1.1 CallerIDNum=+4930 Position=3",
            "900.2 QueueMemberAdded Queue=q MemberName=Bob Paused=0",
        ] {
            #expect(writer.lines(for: Message(line: event[...]), at: 0).isEmpty)
        }
    }

    @Test func `what happened meanwhile`() {
        var writer = writer(
            "10 QueueMemberAdded Queue=q MemberName=Ann Paused=0",
            "10 QueueMemberAdded Queue=q MemberName=Bob Paused=0",
            "10 QueueMemberAdded Queue=q MemberName=Eve Paused=0",
            "20 QueueMemberPause Queue=q MemberName=Eve Paused=1 PausedReason=lunch",
            "90 QueueCallerJoin Queue=q Uniqueid=1.1 Position=1",
            "91 QueueCallerJoin Queue=q Uniqueid=1.2 Position=2",
            "92 QueueCallerJoin Queue=q Uniqueid=1.3 Position=3",
            "93 QueueCallerLeave Queue=q Uniqueid=1.3 Position=3",
            "93 AgentConnect Queue=q Uniqueid=1.3 MemberName=Bob HoldTime=1"
        )
        writer.lost(at: 100)
        writer.lost(at: 130)
        let lines = writer.lines(
            forSnapshot: items([
                "0 QueueMember Queue=q Name=Bob Membership=dynamic LoginTime=150 Paused=0",
                "0 QueueMember Queue=q Name=Eve Membership=dynamic LoginTime=10 Paused=0",
                "0 QueueMember Queue=q Name=Joe Membership=dynamic LoginTime=160 Paused=0",
                "0 QueueEntry Queue=q Position=1 Uniqueid=1.2 Wait=108",
                "0 QueueEntry Queue=q Position=2 Uniqueid=1.4 Wait=5",
            ]),
            at: 200
        )
        #expect(
            lines == [
                "100|MANAGER|q|Bob|REMOVEMEMBER", "150|MANAGER|q|Bob|ADDMEMBER", "100|NONE|q|Eve|UNPAUSE",
                "160|MANAGER|q|Joe|ADDMEMBER", "195|1.4|q|NONE|ENTERQUEUE|||2",
                "100|1.1|q|NONE|EVENTSMISSED", "100|MANAGER|q|Ann|REMOVEMEMBER",
            ]
        )
        // Callers who were answered before may still reach their end, and so may those who vanished.
        let end = "210 AgentComplete Queue=q Uniqueid=1.3 MemberName=Bob HoldTime=1 TalkTime=117 Reason=agent"
        #expect(
            writer.lines(for: Message(line: end[...]), at: 0) == ["210|1.3|q|Bob|COMPLETEAGENT|1|117|3"]
        )
        let late = "211 AgentComplete Queue=q Uniqueid=1.1 MemberName=Joe HoldTime=75 TalkTime=40 Reason=caller"
        #expect(
            writer.lines(for: Message(line: late[...]), at: 0) == ["211|1.1|q|Joe|COMPLETECALLER|75|40|1"]
        )
        // Nothing is reported twice.
        writer.lost(at: 220)
        let again = items([
            "0 QueueMember Queue=q Name=Bob Membership=dynamic LoginTime=150 Paused=0",
            "0 QueueMember Queue=q Name=Eve Membership=dynamic LoginTime=10 Paused=0",
            "0 QueueMember Queue=q Name=Joe Membership=dynamic LoginTime=160 Paused=0",
            "0 QueueEntry Queue=q Position=1 Uniqueid=1.2 Wait=139",
            "0 QueueEntry Queue=q Position=2 Uniqueid=1.4 Wait=36",
        ])
        #expect(writer.lines(forSnapshot: again, at: 231).isEmpty)
    }

    @Test func `a list between a caller's departure and its reason changes nothing`() {
        let empty = items(["0 QueueParams Queue=q Calls=0"])
        for (known, rest, expected) in [
            // The caller hung up, pressed a key, or was answered after an announcement.
            (
                ["93 QueueCallerAbandon Queue=q Uniqueid=1.1 Position=1 OriginalPosition=1 HoldTime=3"],
                ["93 QueueCallerLeave Queue=q Uniqueid=1.1 Position=1", "93 Hangup Uniqueid=1.1 Cause=16"],
                ["93|1.1|q|NONE|ABANDON|1|1|3"]
            ),
            (
                ["93 QueueCallerLeave Queue=q Uniqueid=1.1 Position=1"],
                ["93 Newexten Uniqueid=1.1 Context=keys Extension=7 Priority=1 Application=NoOp"],
                ["93|1.1|q|NONE|EXITWITHKEY|7|1|1|3"]
            ),
            (
                ["93 QueueCallerLeave Queue=q Uniqueid=1.1 Position=1"],
                ["95 AgentConnect Queue=q Uniqueid=1.1 MemberName=Bob HoldTime=3 RingTime=1"],
                ["95|1.1|q|Bob|CONNECT|3||1"]
            ),
            // The list is newer than the events that have been read.
            (
                [],
                [
                    "93 QueueCallerLeave Queue=q Uniqueid=1.1 Position=1",
                    "93 Newexten Uniqueid=1.1 Context=keys Extension=7 Priority=1 Application=NoOp",
                ],
                ["93|1.1|q|NONE|EXITWITHKEY|7|1|1|3"]
            ),
        ] {
            for isAfterGap in [false, true] {
                var writer = writer()
                if isAfterGap { writer.lost(at: 80) }
                for event in ["90 QueueCallerJoin Queue=q Uniqueid=1.1 Position=1"] + known {
                    _ = writer.lines(for: Message(line: event[...]), at: 0)
                }
                #expect(writer.lines(forSnapshot: empty, at: 94).isEmpty)
                #expect(rest.flatMap { writer.lines(for: Message(line: $0[...]), at: 0) } == expected)
            }
        }
    }

    /// The program read the entry eleven seconds late, and its own clock dates it.
    @Test func `a list that is far ahead of the events makes no visit twice`() {
        let first = items(["0 QueueEntry Queue=q Position=1 Uniqueid=1.1 Wait=1"])
        let second = items(["0 QueueEntry Queue=q Position=1 Uniqueid=1.1 Wait=10"])
        let entry = "102 QueueCallerJoin Queue=q Uniqueid=1.1 CallerIDNum=5 Position=1"
        let rest = [
            "120 QueueCallerLeave Queue=q Uniqueid=1.1 Position=1",
            "120 AgentConnect Queue=q Uniqueid=1.1 MemberName=Bob HoldTime=12 RingTime=1",
            "120 AgentComplete Queue=q Uniqueid=1.1 MemberName=Bob HoldTime=12 TalkTime=0 Reason=agent",
        ]
        let end = ["120|1.1|q|Bob|CONNECT|12||1", "120|1.1|q|Bob|COMPLETEAGENT|12|0|1"]
        func lines(_ writer: inout QueueLogWriter, _ events: [String]) -> [String] {
            events.flatMap { writer.lines(for: Message(line: $0[...]), at: 0) }
        }
        // Before the entry is read: the list alone knows the caller, and the entry follows.
        for isAfterGap in [false, true] {
            var writer = writer()
            if isAfterGap { writer.lost(at: 80) }
            let found = writer.lines(forSnapshot: first, at: 92) + writer.lines(forSnapshot: second, at: 101)
            #expect(found == ["91|1.1|q|NONE|ENTERQUEUE|||1"])
            #expect(lines(&writer, [entry] + rest) == end)
        }
        // After it was read late: the list dates the entry earlier.
        var writer = writer()
        #expect(lines(&writer, [entry]) == ["102|1.1|q|NONE|ENTERQUEUE||5|1"])
        #expect(writer.lines(forSnapshot: second, at: 103).isEmpty)
        #expect(lines(&writer, rest) == end)
    }

    @Test func `a list that is behind the events brings no caller back`() {
        let list = items(["0 QueueEntry Queue=q Position=1 Uniqueid=1.1 Wait=10"])
        for events in [
            ["99 QueueCallerLeave Queue=q Uniqueid=1.1 Position=1"],
            [
                "99 QueueCallerLeave Queue=q Uniqueid=1.1 Position=1",
                "99 AgentConnect Queue=q Uniqueid=1.1 MemberName=Bob HoldTime=9 RingTime=1",
            ],
            [
                "99 QueueCallerAbandon Queue=q Uniqueid=1.1 Position=1 OriginalPosition=1 HoldTime=9",
                "99 QueueCallerLeave Queue=q Uniqueid=1.1 Position=1", "99 Hangup Uniqueid=1.1 Cause=16",
            ],
        ] {
            var writer = writer()
            #expect(writer.lines(forSnapshot: items(["0 QueueParams Queue=q Calls=0"]), at: 80).isEmpty)
            for event in ["90 QueueCallerJoin Queue=q Uniqueid=1.1 CallerIDNum=5 Position=1"] + events {
                _ = writer.lines(for: Message(line: event[...]), at: 0)
            }
            #expect(writer.lines(forSnapshot: list, at: 100).isEmpty, "\(events)")
            // A caller in two lists in a row came without an event.
            let isOver = events.count == 3
            #expect(writer.lines(forSnapshot: list, at: 130).count == (isOver ? 1 : 0), "\(events)")
        }
    }

    @Test func `a caller whom two lists in a row lack is gone, although no event was missed`() {
        let empty = items(["0 QueueParams Queue=q Calls=0"])
        let present = items(["0 QueueParams Queue=q Calls=1", "0 QueueEntry Queue=q Position=1 Uniqueid=1.1 Wait=60"])
        var writer = writer("90 QueueCallerJoin Queue=q Uniqueid=1.1 Position=1")
        #expect(writer.lines(forSnapshot: empty, at: 120).isEmpty)
        #expect(writer.lines(forSnapshot: present, at: 150).isEmpty)
        #expect(writer.lines(forSnapshot: empty, at: 180).isEmpty)
        #expect(writer.lines(forSnapshot: empty, at: 210) == ["210|1.1|q|NONE|EVENTSMISSED"])
    }

    @Test func `a writer that continues where another one ended`() {
        var first = QueueLogWriter()
        var lines: [String] = []
        for event in [
            "5 FullyBooted Uptime=2",
            "10 QueueMemberAdded Queue=q MemberName=Ann Paused=1",
            "11 QueueMemberAdded Queue=q MemberName=Bob Paused=0",
            "11 QueueMemberPause Queue=q MemberName=Bob Paused=1 PausedReason=tea",
            "12 QueueMemberPause Queue=q MemberName=Ann Paused=0",
            "13 QueueMemberPause Queue=q MemberName=Static Paused=1",
            "14 QueueMemberAdded Queue=q MemberName=Gone Paused=0", "15 QueueMemberRemoved Queue=q MemberName=Gone",
            "20 QueueCallerJoin Queue=q Uniqueid=1.1 CallerIDNum=5 Position=1",
            "21 QueueCallerJoin Queue=q Uniqueid=1.2 CallerIDNum=6 Position=2",
            "22 AgentRingNoAnswer Queue=q Uniqueid=1.2 MemberName=Ann RingTime=1000",
            "23 AgentConnect Queue=q Uniqueid=1.2 MemberName=Ann HoldTime=2 RingTime=1 DestUniqueid=2.1",
            "24 QueueCallerAbandon Queue=q Uniqueid=1.1 Position=1 OriginalPosition=1 HoldTime=4",
            "24 Hangup Uniqueid=1.1",
        ] {
            let time = Moment(seconds: Int64(event.prefix { $0 != " " }) ?? 0)
            lines += first.lines(for: Message(line: event[...]), at: time)
        }
        // From all lines, from the open ones, and from both.
        for told in [lines, first.open, first.open + lines] {
            var second = QueueLogWriter()
            for line in told { second.resume(line) }
            #expect(second.open == first.open)
        }
        #expect(
            first.open == [
                "2|NONE|NONE|NONE|QUEUESTART", "10|MANAGER|q|Ann|ADDMEMBER|PAUSED", "12|NONE|q|Ann|UNPAUSE",
                "11|MANAGER|q|Bob|ADDMEMBER", "11|NONE|q|Bob|PAUSE|tea", "13|NONE|q|Static|PAUSE",
                "21|1.2|q|NONE|ENTERQUEUE||6|2", "23|1.2|q|Ann|CONNECT|2|2.1|1",
            ]
        )
    }
}
