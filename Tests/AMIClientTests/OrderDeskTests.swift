import AMI
import Base
import Glibc
import Testing
import TestSupport

@testable import AMIClient

/// A folder for one test, removed with its contents.
private func withFolder(_ body: (String) async throws -> Void) async throws {
    var template = Array("/tmp/crm-voip-test-XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    let folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
        for name in ["log", "log.count", "count", "target", "fifo", "hard", "deep/log", "deep"]
        where unlink("\(folder)/\(name)") != 0 {
            rmdir("\(folder)/\(name)")
        }
        rmdir(folder)
    }
    try await body(folder)
}

private func text(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
}

@Suite struct OrderDeskTests {
    private func desk(_ folder: String, _ change: (inout DialGuard.Rules) -> Void = { _ in }) -> OrderDesk {
        var rules = DialGuard.Rules()
        change(&rules)
        let limits = OrderDesk.Limits(perMinute: 30, perDay: 1000, atOnce: 10, stateFile: "\(folder)/log.count")
        let log = AuditLog(path: "\(folder)/log", pbx: "main", managerUser: "crm")
        return OrderDesk(dialGuard: DialGuard(rules: rules), limits: limits, log: log)
    }

    @Test func `an allowed order is logged before and after`() async throws {
        try await withFolder { folder in
            let order = Order("hangup", target: "PJSIP/101-0000001a")
            try await desk(folder).carryOut(order) { () async throws(ManagerError) in }
            let lines = text("\(folder)/log").split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines[0].contains(#""outcome":null"#) && lines[1].contains(#""outcome":"done""#))
            for part in [
                #""ami_user":"crm","pbx":"main","command":"hangup","target":"PJSIP/101-0000001a""#,
                #""decision":"admitted""#,
            ] {
                #expect(lines.allSatisfy { $0.contains(part) })
            }
            var status = stat()
            #expect(stat("\(folder)/log", &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test func `a truncated line does not damage another one`() async throws {
        try await withFolder { folder in
            let log = AuditLog(path: "\(folder)/log", pbx: "main", managerUser: "crm")
            try log.append(log.record(of: Order("park", target: "x")))
            let whole = text("\(folder)/log")
            #expect(truncate("\(folder)/log", whole.utf8.count - 9) == 0)
            try log.append(log.record(of: Order("hangup", target: "y")))
            let lines = text("\(folder)/log").split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.last?.hasPrefix("{") ?? false && lines.last?.contains("hangup") ?? false)
        }
    }

    @Test func `a refused order is one line with the reason, and is not carried out`() async throws {
        try await withFolder { folder in
            let order = Order(
                "queue add",
                target: "Local/00442071234567@x",
                demands: [.channel("Local/00442071234567@x")]
            )
            await #expect(throws: ManagerError.self) {
                try await desk(folder).carryOut(order) { () async throws(ManagerError) in Issue.record("carried out") }
            }
            let log = text("\(folder)/log")
            #expect(log.split(separator: "\n").count == 1)
            #expect(log.contains(#""target":"Local/0044207123xxxx@x","decision":"refused""#))
            #expect(log.contains("country of the number") && log.contains(#""outcome":"refused""#))
        }
    }

    @Test func `failures are logged as failed, and unclear outcomes as unknown`() async throws {
        try await withFolder { folder in
            for code in [ManagerError.Code.refused, .outcomeUnknown, .cancelled] {
                await #expect(throws: ManagerError.self) {
                    try await desk(folder).carryOut(Order("park", target: "x")) { () async throws(ManagerError) in
                        throw ManagerError(code, "No.")
                    }
                }
            }
            let log = text("\(folder)/log")
            for word in ["failed", "unknown", "cancelled"] {
                #expect(log.contains("\"reason\":\"No.\",\"outcome\":\"\(word)\""))
            }
        }
    }

    @Test func `only calls are counted`() async throws {
        try await withFolder { folder in
            let call = Order("originate", target: "x", isCall: true)
            var limits = OrderDesk.Limits(perMinute: 1, perDay: 0, atOnce: 0, stateFile: "\(folder)/log.count")
            let desk = OrderDesk(dialGuard: DialGuard(rules: .init()), limits: limits)
            try await desk.carryOut(Order("park", target: "x")) { () async throws(ManagerError) in }
            try await desk.carryOut(call) { () async throws(ManagerError) in }
            await #expect(throws: ManagerError.self) {
                try await desk.carryOut(call) { () async throws(ManagerError) in }
            }
            limits.stateFile = nil
            limits.atOnce = 3
            let few = OrderDesk(dialGuard: DialGuard(rules: .init()), limits: limits)
            try await few.carryOut(call, callsNow: { () async throws(ManagerError) in 2 }) {
                () async throws(ManagerError) in
            }
            await #expect(throws: ManagerError.self) {
                try await few.carryOut(call, callsNow: { () async throws(ManagerError) in 3 }) {
                    () async throws(ManagerError) in
                }
            }
        }
    }

    @Test func `links, devices and hard links are not written to`() async throws {
        try await withFolder { folder in
            let log = AuditLog(path: "\(folder)/log", pbx: "main", managerUser: "crm")
            let record = log.record(of: Order("park", target: "x"))
            try log.append(record)
            rename("\(folder)/log", "\(folder)/target")
            let before = text("\(folder)/target")
            symlink("\(folder)/target", "\(folder)/log")
            #expect(throws: ManagerError.self) { try log.append(record) }
            unlink("\(folder)/log")
            link("\(folder)/target", "\(folder)/log")
            #expect(throws: ManagerError.self) { try log.append(record) }
            unlink("\(folder)/log")
            mkfifo("\(folder)/log", 0o600)
            #expect(throws: ManagerError.self) { try log.append(record) }
            symlink("\(folder)/target", "\(folder)/count")
            #expect(throws: ManagerError.self) {
                try DialLedger(path: "\(folder)/count").count(perMinute: 1, perDay: 1)
            }
            #expect(text("\(folder)/target") == before)
        }
    }

    /// Only root can become another user.
    @Test(.enabled(if: geteuid() == 0, "only root has folders of others"))
    func `root writes in a user's folder as that user`() async throws {
        try await withFolder { folder in
            chmod(folder, 0o755)
            mkdir("\(folder)/deep", 0o700)
            chown("\(folder)/deep", 65534, 65534)
            let log = AuditLog(path: "\(folder)/deep/log", pbx: "main", managerUser: "crm")
            try log.append(log.record(of: Order("park", target: "x")))
            var status = stat()
            #expect(stat("\(folder)/deep/log", &status) == 0 && status.st_uid == 65534 && status.st_gid == 65534)
            // Afterwards, root is itself again.
            let own = AuditLog(path: "\(folder)/log", pbx: "main", managerUser: "crm")
            try own.append(own.record(of: Order("park", target: "x")))
            #expect(stat("\(folder)/log", &status) == 0 && status.st_uid == 0)
        }
    }

    @Test func `calls are counted between runs`() async throws {
        try await withFolder { folder in
            let ledger = DialLedger(path: "\(folder)/count")
            for second in 0..<3 { try ledger.count(perMinute: 3, perDay: 5, now: 1_000_000 + second) }
            #expect(throws: ManagerError.self) { try ledger.count(perMinute: 3, perDay: 5, now: 1_000_003) }
            // A minute later there is room again, up to the day's limit.
            try ledger.count(perMinute: 3, perDay: 5, now: 1_000_063)
            try ledger.count(perMinute: 3, perDay: 5, now: 1_000_064)
            #expect(throws: ManagerError.self) { try ledger.count(perMinute: 3, perDay: 5, now: 1_000_200) }
            try ledger.count(perMinute: 3, perDay: 5, now: 1_086_500)
            // What cannot be counted is not permitted.
            let error = #expect(throws: ManagerError.self) {
                try DialLedger(path: "\(folder)/target/\(String(repeating: "x", count: 300))").count(
                    perMinute: 1,
                    perDay: 1
                )
            }
            #expect(error?.code == .file)
        }
    }
}

@Suite struct OrderRuleTests {
    @Test(arguments: [
        ("PJSIP/101 to 1234567@x", "PJSIP/101 to 123xxxx@x"), ("+442071234567", "+44207123xxxx"), ("123456", "123456"),
        ("PJSIP/101-00000001 on 1700000000.12", "PJSIP/101-00000001 on 1700000000.12"),
        ("Local/03012345678@x-0000001a;1", "Local/0301234xxxx@x-0000001a;1"),
    ])
    func `the end of a number is hidden`(_ text: String, _ masked: String) {
        #expect(NumberMask.masked(text) == masked)
    }

    @Test(
        arguments: [
            ([], "PJSIP/200", "PJSIP/101-1", false), (["PJSIP/200"], "PJSIP/200", "PJSIP/101-1", true),
            (["PJSIP/200"], "PJSIP/201", "PJSIP/101-1", false), (["PJSIP/2*"], "PJSIP/201", "PJSIP/101-1", true),
            (["PJSIP/200 PJSIP/3* PJSIP/101"], "PJSIP/200", "PJSIP/101-1", true),
            (["PJSIP/200 PJSIP/3*"], "PJSIP/200", "PJSIP/101-1", false),
            (["pjsip/200 local/*@phones"], "PJSIP/200", "Local/1@phones-0000001a;1", true),
            (["PJSIP/200 PJSIP/10"], "PJSIP/200", "PJSIP/101-1", false),
        ] as [([String], String, String, Bool)]
    )
    func `who may listen to whom`(_ rules: [String], _ supervisor: String, _ channel: String, _ isAllowed: Bool) {
        var all = DialGuard.Rules()
        all.spy = rules
        let isRefused = (try? DialGuard(rules: all).check(.spy(supervisor: supervisor, channel: channel))) == nil
        #expect(isRefused != isAllowed)
    }

    @Test func `transfers have their own patterns`() {
        var rules = DialGuard.Rules()
        rules.transfer = ["1XX"]
        let dialGuard = DialGuard(rules: rules)
        #expect((try? dialGuard.check(.transfer("101", context: "x"))) != nil)
        #expect((try? dialGuard.check(.transfer("201", context: "x"))) == nil)
        #expect((try? dialGuard.check(.exten("201", context: "x"))) != nil)
    }
}
