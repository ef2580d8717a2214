import Testing

/// What the live commands do without a PBX: how they refuse, and with which status.
@Suite(.enabled(if: Program.isBuilt, "the program is built beside the tests")) struct LiveCommandTests {
    /// A nonexistent PBX, with the standard dial guard.
    private static let nowhere = [
        "CRM_VOIP_PBX_MAIN_AMI_HOST": "127.0.0.1", "CRM_VOIP_PBX_MAIN_AMI_PORT": "1",
        "CRM_VOIP_PBX_MAIN_AMI_USERNAME": "crm", "CRM_VOIP_PBX_MAIN_AMI_SECRET": "hunter2",
        "CRM_VOIP_PBX_MAIN_REGION": "DE",
    ]

    private func status(_ arguments: String, environment: [String: String] = nowhere) async throws -> Int32? {
        let result = try await Program.shell("crm-voip \(arguments)", environment: environment)
        #expect(!result.errors.contains("hunter2"))
        if result.status != 0 { #expect(!result.errors.isEmpty || !result.output.isEmpty) }
        return result.status
    }

    @Test(arguments: [
        "channels", "channel x", "hangup x", "park x", "bridge x y", "dtmf x 1", "transfer x 100", "spy PJSIP/1 x",
        "queue status", "queue add q PJSIP/1", "events", "doctor", "originate PJSIP/1 100",
    ])
    func `A PBX that cannot be reached is unavailable`(command: String) async throws {
        #expect(try await status(command) == 69)
    }

    @Test func `Without a user no connection is attempted`() async throws {
        #expect(try await status("channels", environment: [:]) == 78)
    }

    @Test func `A missing certificate file is a configuration error`() async throws {
        let file = [
            "CRM_VOIP_PBX_MAIN_AMI_TLS": "true", "CRM_VOIP_PBX_MAIN_AMI_CA_FILE": "/nonexistent/ca.pem",
        ]
        #expect(try await status("channels", environment: Self.nowhere.merging(file) { $1 }) == 78)
    }

    @Test func `Health ends as monitoring expects`() async throws {
        #expect(try await status("health --nagios") == 2)
        #expect(try await status("health", environment: [:]) == 3)
    }

    @Test(
        arguments: [
            ("originate PJSIP/1", 64), ("originate PJSIP 100 --dry-run", 64),
            ("originate 'PJSIP/1&PJSIP/2' 100 --dry-run", 64),
            ("originate PJSIP/1 100 --variable 'FILE(/etc/x)=1' --dry-run", 64),
            ("originate PJSIP/1 --application System --data ls --dry-run", 77),
            ("originate PJSIP/1 +442079460958 --dry-run", 77), ("originate PJSIP/1 009001234567 --dry-run", 77),
            ("originate PJSIP/1 +493012345678 --dry-run", 0), ("originate PJSIP/1 100 --dry-run", 0), ("dtmf x 1z", 64),
            ("queue penalty PJSIP/1 -1", 64), ("queue penalty PJSIP/1 2147483648", 64),
            ("queue add q PJSIP/1 --penalty 2147483648", 64), ("queue penalty PJSIP/1 99999999999999999999", 64),
            ("health --require channels,typo", 3), ("health --no-such-option", 3), ("health --timeout ten", 3),
            ("hangup", 64), ("hangup x --cause 200", 64),
            ("transfer x 1 --attended --redirect", 64),
            ("events --classes call,foo", 64), ("events --filter ''", 64), ("events --replay /nonexistent/x", 66),
            ("events --replay /tmp", 66),
            ("events --replay x --store", 64),
        ] as [(String, Int32)]
    )
    func `Wrong orders are refused before anything is sent`(command: String, expected: Int32) async throws {
        #expect(try await status(command) == expected)
    }

    @Test func `A dry run shows the packet`() async throws {
        let result = try await Program.shell(
            "crm-voip originate PJSIP/101 100 --channel-id crm-1 --variable PIN=1234 --caller-id '\"A\" <1>' --dry-run",
            environment: Self.nowhere
        )
        let lines = [
            "Action: Originate", "ActionID: 1", "Channel: PJSIP/101", "Exten: 100", "Context: from-internal",
            "Priority: 1",
            "Timeout: 30000", "CallerID: \"A\" <1>", "Variable: PIN=***", "ChannelId: crm-1", "Async: true",
        ]
        #expect(result.output == lines.joined(separator: "\n") + "\n")
    }

    @Test func `A dry run has the packet in JSON, too`() async throws {
        let result = try await Program.shell(
            "crm-voip originate PJSIP/101 100 --channel-id crm-1 --dry-run --json",
            environment: Self.nowhere
        )
        #expect(result.output.hasPrefix("{") && result.output.contains(#""dry_run": true"#))
        #expect(result.output.contains(#""Channel: PJSIP/101""#))
    }

    @Test func `An unknown section of health is named together with the known ones`() async throws {
        let result = try await Program.shell("crm-voip health --require channels,typo", environment: Self.nowhere)
        #expect(result.status == 3)
        #expect((result.errors + result.output).contains("Unknown section typo") && result.errors.contains("queues"))
    }

    @Test func `A recording is shown as today's events, and as calls`() async throws {
        let recording = """
            printf 'Event: Dial\\r\\nSubEvent: End\\r\\nUniqueID: 1.1\\r\\nDialStatus: BUSY\\r\\n\\r\\n' > "$0.ami"
            crm-voip events --replay "$0.ami" --json; rm "$0.ami"
            """
        let result = try await Program.shell(
            "f=$(mktemp) && rm $f && sh -c '\(recording.replacing("'", with: "'\\''"))' $f"
        )
        #expect(result.output == #"{"Event":"DialEnd","SubEvent":"End","Uniqueid":"1.1","DialStatus":"BUSY"}"# + "\n")
    }

    /// A capture from 2014 (`timestampevents = no`): its channels reveal the time; the clock of the replay must not be
    /// used.
    @Test func `A recording without times is dated by its channels, never as today`() async throws {
        let events = [
            "Event: QueueCallerJoin\nQueue: q\nUniqueid: 1400000000.3\nCallerIDNum: 101\nPosition: 1\n",
            "Event: QueueCallerAbandon\nQueue: q\nUniqueid: 1400000000.3\nPosition: 1\nOriginalPosition: 1\nHoldTime: 9\n",
            "Event: QueueCallerLeave\nQueue: q\nUniqueid: 1400000000.3\nPosition: 1\n",
        ].joined(separator: "\n")
        let result = try await Program.shell(
            """
            f=$(mktemp -d); printf '%s\n' "$1" >$f/ami
            crm-voip events --replay $f/ami --filter Nothing --queue-log $f/log; cat $f/log
            printf 'Event: Reload\n\n' >$f/timeless
            crm-voip events --replay $f/timeless --queue-log $f/log2 2>/dev/null; echo $?
            rm -r $f
            """,
            [events]
        )
        #expect(
            result.output
                == "1400000000|1400000000.3|q|NONE|ENTERQUEUE||101|1\n1400000000|1400000000.3|q|NONE|ABANDON|1|1|9\n65\n"
        )
        #expect(result.errors.contains("timestampevents = yes"))
    }
}
