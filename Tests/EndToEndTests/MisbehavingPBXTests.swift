import Testing
import TestSupport

/// A PBX that misbehaves in every way that a table names: no command hangs, fills memory, lets a terminal be steered, or says
/// "done" of an order that was not carried out, and each ends with the status of the contract.
@Suite(.enabled(if: Program.isBuilt, "the program is built beside the tests"), .timeLimit(.minutes(10)))
struct MisbehavingPBXTests {
    private static let folder = Result { try TestProcess.temporaryFolder(named: "crm-voip-odd") }

    private static func variables(_ pbx: OddPBX, timeout: Int = 15) throws -> [String: String] {
        let table = "CRM_VOIP_PBX_MAIN_"
        return [
            "CRM_VOIP_DATA": try folder.get(), table + "DIAL_GUARD_AUDIT_LOG": try folder.get() + "/audit.log",
            table + "DIAL_GUARD_PER_MINUTE": "0", table + "DIAL_GUARD_PER_DAY": "0", table + "DIAL_GUARD_AT_ONCE": "0",
            table + "AMI_HOST": "127.0.0.1", table + "AMI_PORT": "\(pbx.port)", table + "AMI_USERNAME": "crm",
            table + "AMI_SECRET": "hunter2", table + "AMI_CONNECT_TIMEOUT": "\(timeout)",
            table + "AMI_ACTION_TIMEOUT": "\(timeout)",
            table + "AMI_RECONNECT_DELAY": "0.1", table + "REGION": "DE", "LC_ALL": "C.UTF-8",
            // How fast the machine is, is not the question.
            "CRM_VOIP_HEALTH_PING_MS_WARNING": "60000", "CRM_VOIP_HEALTH_PING_MS_CRITICAL": "60000",
        ]
    }

    private struct Meeting: Sendable {
        let oddity: Oddity
        let command: OddCommand
        let expected: Int32
    }

    @Test func `every command ends as it should, whatever the PBX does`() async throws {
        let rows = Oddity.connecting + Oddity.cuts + Oddity.words + Oddity.bytes
        let meetings = rows.flatMap { row in
            zip(OddCommand.allCases, row.statuses).compactMap { command, status in
                status.map { Meeting(oddity: row, command: command, expected: $0) }
            }
        }
        #expect(rows.count >= 60 && rows.allSatisfy { $0.statuses.count == OddCommand.allCases.count })
        // What waits for a time-out needs no processor.
        try await Self.atOnce(12, meetings) { try await Self.check($0) }
    }

    @Test func `a PBX that does nothing odd is served`() async throws {
        for command in OddCommand.allCases {
            try await Self.check(Meeting(oddity: .none, command: command, expected: 0))
        }
    }

    @Test func `a PBX without TLS where TLS is expected`() async throws {
        try await Self.atOnce(3, OddCommand.allCases) { command in
            let pbx = try OddPBX(.none, at: command.action)
            let settings = try Self.variables(pbx, timeout: 5).merging(["CRM_VOIP_PBX_MAIN_AMI_TLS": "true"]) { $1 }
            let run = await MeasuredRun.of("exec crm-voip \(command.words) >&2", settings)
            pbx.stop()
            #expect(run.status == (command == .health ? 2 : 69), "\(command): \(run.errors)")
            #expect(pbx.heard.isEmpty)
        }
    }

    private static func atOnce<Item: Sendable>(
        _ width: Int,
        _ items: [Item],
        _ work: @escaping @Sendable (Item) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, item) in items.enumerated() {
                if index >= width { try await group.next() }
                group.addTask { try await work(item) }
            }
            try await group.waitForAll()
        }
    }

    private static func check(_ meeting: Meeting) async throws {
        let (command, oddity) = (meeting.command, meeting.oddity)
        let pbx = try OddPBX(oddity, at: command.action)
        // Where a lost connection and a slow machine come to the same, no time is lost.
        let isLost = oddity.isWaitedFor || [2, 3, 14, 69].contains(meeting.expected)
        let began = ContinuousClock.now
        let run = await MeasuredRun.of(
            "exec crm-voip \(command.words) >&2",
            try variables(pbx, timeout: isLost ? 2 : 15)
        )
        let seconds = (ContinuousClock.now - began).components.seconds
        pbx.stop()
        let told =
            "\(oddity), \(command): \(run.status.map { "\($0)" } ?? "ended by a signal"), \(seconds) s\n\(run.errors)"
        #expect(run.status == meeting.expected, "\(told)")
        #expect(seconds < 30, "\(told)")
        #expect(run.peakKB < 200_000, "\(told) \(run.peakKB) kB")
        if meeting.expected != 0 { #expect(!run.errors.isEmpty, "\(told)") }
        #expect(!run.errors.contains("hunter2"), "\(told)")
        #expect(!run.errors.unicodeScalars.contains(where: Self.steers), "\(told)")
        // An order is sent once, whatever comes, and done means that it was.
        guard command.isOrder else { return }
        #expect(pbx.heard.count { $0 == command.action } <= 1, "\(told)")
        if run.status == 0 { #expect(pbx.done.contains(command.action), "\(told)") }
    }

    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n"
        case .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    @Test(arguments: [
        "-1", "2147483648", "-2147483649", "9223372036854775807", "-9223372036854775808",
        "18446744073709551616", "-1e400", "nan", "-inf", "", "٣", "99999999999:59:59",
    ])
    func `every number that a PBX sends may be any`(number: String) async throws {
        let commands = [
            "health --json", "health --prometheus", "queue status", "queue status --json",
            "queue summary", "channels --json", "channels --calls",
            "events --count 3 --seconds 20 --json", "events --calls --seconds 1 --queue-log $CRM_VOIP_DATA/$$",
            "doctor",
        ]
        try await Self.atOnce(4, commands) { command in
            let pbx = try OddPBX(.none, at: command.hasPrefix("events") ? "events" : "", number: number)
            let run = await MeasuredRun.of("exec crm-voip \(command) >&2", try Self.variables(pbx))
            pbx.stop()
            let isFine = command.hasPrefix("health") ? (0...3).contains(run.status ?? -1) : run.status == 0
            #expect(isFine, "\(command): \(run.status.map { "\($0)" } ?? "ended by a signal") \(run.errors)")
            #expect(!run.errors.contains("Fatal error"), "\(command): \(run.errors)")
        }
    }
}
