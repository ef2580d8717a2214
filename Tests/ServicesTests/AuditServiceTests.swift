import AMIClient
import Base
import Configuration
import FoundationEssentials
import Pipeline
import Services
import Testing
import TestSupport

/// The audit log as stored on a disk, and what is read from it.
@Suite struct AuditServiceTests {
    private static func line(
        _ time: String,
        _ id: String,
        _ command: String,
        outcome: String?,
        pbx: String = "main"
    ) -> String {
        let end = outcome.map { "\"\($0)\"" } ?? "null"
        return """
            {"time":"\(time)","id":"\(id)","user":"anna","ami_user":"crm","pbx":"\(pbx)","command":"\(command)",\
            "target":"PJSIP/101 to 102@x","decision":"admitted","reason":null,"outcome":\(end),"channel_id":null}

            """
    }

    /// Three requests, one of them open, and one for another PBX.
    private static let log =
        line("2026-11-28T08:00:00Z", "a", "originate", outcome: nil)
        + line("2026-11-28T08:00:05Z", "a", "originate", outcome: "answered")
        + line("2026-11-28T09:00:00Z", "b", "queue pause", outcome: nil)
        + line("2026-11-28T09:30:00Z", "x", "hangup", outcome: "done", pbx: "other")
        + line("2026-11-28T10:00:00Z", "c", "transfer", outcome: "refused")

    /// The ids read from files in a folder.
    private func read(
        _ files: [(name: String, text: String)],
        compressing: [String] = [],
        _ change: (inout AuditRequest) -> Void = { _ in }
    ) throws -> AuditResult {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-audit")
        defer { try? TestProcess.run(["rm", "-rf", folder]) }
        for (index, file) in files.enumerated() {
            let path = "\(folder)/\(file.name)"
            try Data(file.text.utf8).write(to: URL(filePath: path))
            // The first is the oldest.
            try TestProcess.run(["touch", "-d", "2026-11-28 0\(index):00", path])
            if compressing.contains(file.name) { try TestProcess.run(["gzip", path]) }
        }
        var request = AuditRequest()
        change(&request)
        let environment = [
            "CRM_VOIP_CONFIG": "/dev/null", "CRM_VOIP_PBX_MAIN_DIAL_GUARD_AUDIT_LOG": "\(folder)/audit.log",
            "CRM_VOIP_PBX_MAIN_TIMEZONE": "Europe/Berlin",
        ]
        return try AuditService(try Settings.load(environment: environment)).orders(request)
    }

    @Test func `the two lines of an order are one, and an open order has no outcome`() throws {
        let result = try read([("audit.log", Self.log)])
        #expect(result.records.map(\.id) == ["a", "b", "c"])
        #expect(result.records.map(\.outcome) == ["answered", nil, "refused"])
        #expect(result.unreadable == 0 && !result.isCut)
    }

    /// 08:00 UTC is 09:00 in Berlin. The beginning belongs to the window, the end does not.
    @Test(
        arguments: [
            ("2026-11-28T09:00", "2026-11-28T11:00", ["a", "b"]),
            ("2026-11-28T08:00:00Z", "2026-11-28T10:00:00Z", ["a", "b"]),
            ("2026-11-28T10:00:00+01:00", "2026-11-28T11:00:00+01:00", ["b"]),
            ("2026-11-28T03:00:01-05:00", nil, ["b", "c"]), (nil, "2026-11-28T08:00:00Z", []),
            ("2026-11-28", "2026-11-29", ["a", "b", "c"]),
        ] as [(String?, String?, [String])]
    )
    func `a window by the clock of the PBX or with an offset`(from: String?, to: String?, ids: [String]) throws {
        let meaning = { (text: String?) in text.flatMap { WrittenTime($0)?.meaning } }
        let result = try read([("audit.log", Self.log)]) { $0.window = .between(from: meaning(from), to: meaning(to)) }
        #expect(result.records.map(\.id) == ids)
    }

    @Test func `a command, and its group`() throws {
        #expect(try read([("audit.log", Self.log)]) { $0.command = "queue" }.records.map(\.id) == ["b"])
        #expect(try read([("audit.log", Self.log)]) { $0.command = "queue pause" }.records.map(\.id) == ["b"])
        #expect(try read([("audit.log", Self.log)]) { $0.command = "que" }.records.isEmpty)
    }

    @Test func `the newest few, and whether there are more`() throws {
        let result = try read([("audit.log", Self.log)]) { $0.limit = 2 }
        #expect(result.records.map(\.id) == ["b", "c"])
        #expect(result.isCut)
    }

    @Test func `a torn last line is counted, and the lines before it are read`() throws {
        let torn = Self.log + Self.line("2026-11-28T11:00:00Z", "d", "park", outcome: nil).dropLast(30)
        let result = try read([("audit.log", torn)])
        #expect(result.records.map(\.id) == ["a", "b", "c"])
        #expect(result.unreadable == 1)
    }

    /// A request whose log was rotated between its two lines is still one request.
    @Test func `rotated files, compressed or not, are read before the log`() throws {
        let lines = Self.log.split(separator: "\n").map { $0 + "\n" }
        for names in [["audit.log.2", "audit.log.1"], ["audit.log-20261121", "audit.log-20261128"]] {
            let files = [
                (names[0], String(lines[0])), (names[1], lines[1...2].joined()),
                ("audit.log.count", "{\"time\""), ("audit.log.bak", "nonsense\n"), ("audit.log", lines[3...].joined()),
            ]
            let result = try read(files, compressing: [names[0]])
            #expect(result.records.map(\.id) == ["a", "b", "c"])
            #expect(result.records.first?.outcome == "answered")
            #expect(result.unreadable == 0)
        }
    }

    @Test func `a missing log has no orders, and a link is not followed`() throws {
        #expect(try read([]).records.isEmpty)
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-audit")
        defer { try? TestProcess.run(["rm", "-rf", folder]) }
        try Data(Self.log.utf8).write(to: URL(filePath: "\(folder)/target"))
        try TestProcess.run(["ln", "-s", "target", "\(folder)/audit.log"])
        let settings = try Settings.load(environment: [
            "CRM_VOIP_CONFIG": "/dev/null", "CRM_VOIP_PBX_MAIN_DIAL_GUARD_AUDIT_LOG": "\(folder)/audit.log",
        ])
        #expect(throws: (any Error).self) { try AuditService(settings).orders(AuditRequest()) }
    }
}
