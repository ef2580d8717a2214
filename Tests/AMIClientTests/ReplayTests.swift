import AMI
import Base
import Glibc
import Testing

@testable import AMIClient

/// Captured sessions as people store them, which differ from what a PBX sends.
@Suite struct ReplayTests {
    private func replayed(_ text: String) throws -> [Message] {
        var path = Array("/tmp/crm-voip-replay-XXXXXX".utf8CString)
        close(mkstemp(&path))
        let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(name) }
        try AtomicFile.replace(name, with: text.utf8)
        var replay = try EventReplay(path: name)
        var events: [Message] = []
        while let event = try replay.next() { events.append(event) }
        return events
    }

    /// Both sides of the conversation, LF as line ends, an action with a raw answer, and no empty line at the end.
    @Test func `a session of Asterisk 11 as a terminal shows it`() throws {
        let events = try replayed(
            """
            Asterisk Call Manager/1.3
            action: login
            username: crm
            secret: hunter2

            Response: Success
            Message: Authentication accepted

            Event: Newchannel
            Channel: SIP/101-00000001
            Uniqueid: 1.1

            Action: Command
            Command: http show status

            Response: Follows
            Privilege: Command
            HTTP Server Status:
            Event: not an event

            Enabled Redirects:
              None.
            --END COMMAND--


            Response: Error
            Message: Missing action in request

            Event: Hangup
            Channel: SIP/101-00000001
            Uniqueid: 1.1
            Cause: 16

            """
        )
        #expect(events.map(\.eventName) == ["Newchannel", "Hangup"])
        #expect(events.last?["Cause"] == "16")
    }

    /// The PBX's own console with `manager set debug on`, where other lines appear between the events.
    @Test func `events from the console`() throws {
        let events = try replayed(
            """
            <-- Examining AMI event: -->
            Event: QueueCallerJoin
            SequenceNumber: 7757
            Func: manager_default_msg_cb
            Queue: Q1
            Uniqueid: 1.1


                -- Started music on hold, class 'default', on channel 'SIP/trunk-000000bb'
              == Manager 'crm' logged off from 192.0.2.1
            <-- Examining AMI event: -->
            Event: QueueCallerLeave
            Queue: Q1
            Uniqueid: 1.1


                -- SIP/101-000000bc answered SIP/trunk-000000bb
            """
        )
        #expect(events.map(\.eventName) == ["QueueCallerJoin", "QueueCallerLeave"])
        #expect(events.allSatisfy { $0["Uniqueid"] == "1.1" })
    }

    @Test func `a truncated line is ignored`() throws {
        let cut = try replayed("Event: Newchannel\r\nUniqueid: 1.1\r\n\r\nEvent: Hangup\r\nUniqueid: 1.")
        #expect(cut.map(\.eventName) == ["Newchannel"])
        let whole = try replayed("Event: Hangup\r\nUniqueid: 1.1\r\n")
        #expect(whole.map(\.eventName) == ["Hangup"])
    }
}
