import AMI
import AMIClient
import Base
import Glibc
import Testing
import TestSupport

/// What a spool keeps, whenever the program ends.
@Suite struct QueueEventSpoolTests {
    private let folder: String

    init() throws {
        folder = try TestProcess.temporaryFolder(named: "crm-voip-spool")
    }

    /// Opens a spool and releases it, as at the end of a program.
    private func with<Result>(limit: Int = 1 << 20, _ body: (QueueEventSpool) throws -> Result) throws -> Result {
        try body(try QueueEventSpool(folder: folder, pbx: "main", limit: limit))
    }

    private func received(_ fields: KeyValuePairs<String, String>) -> ReceivedEvent {
        ReceivedEvent(Message(fields))
    }

    private func join(_ caller: String, at time: Int = 100) -> ReceivedEvent {
        received([
            "Event": "QueueCallerJoin", "Timestamp": "\(time)", "Queue": "q", "Uniqueid": caller, "Position": "1",
        ])
    }

    private func abandon(_ caller: String, at time: Int = 110) -> ReceivedEvent {
        received([
            "Event": "QueueCallerAbandon", "Timestamp": "\(time)", "Queue": "q", "Uniqueid": caller, "HoldTime": "9",
        ])
    }

    private func text(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private func lines(of spool: QueueEventSpool) throws -> String {
        let piece = try #require(try spool.piece())
        return try text(piece)
    }

    private func append(_ text: String, to name: String) throws {
        let file = try #require(fopen("\(folder)/queue-events-main\(name)", "a"))
        defer { fclose(file) }
        fputs(text, file)
    }

    @Test func `a piece stays until it is loaded, while more lines arrive`() throws {
        try with { spool in
            #expect(try spool.piece() == nil)
            spool.take(join("1.1"), at: 0)
            #expect(spool.waiting == 1)
            let piece = try #require(try spool.piece())
            #expect(spool.waiting == 0 && !spool.isEmpty)
            spool.take(join("1.2", at: 101), at: 0)
            // After a failed run, the piece is the same.
            #expect(try spool.piece() == piece)
            #expect(try text(piece) == "100|1.1|q|NONE|ENTERQUEUE|||1\n")
            spool.loaded()
            #expect(try spool.piece() == piece)
            #expect(try text(piece) == "101|1.2|q|NONE|ENTERQUEUE|||1\n")
            spool.loaded()
            #expect(try spool.piece() == nil)
            #expect(spool.isEmpty)
        }
    }

    @Test func `a killed program loses nothing`() throws {
        try with { $0.take(join("1.1"), at: 0) }
        try with { spool in
            spool.take(join("1.2"), at: 0)
            _ = try spool.piece()
        }
        // While the piece was being loaded; and half a line.
        try with { $0.take(join("1.3"), at: 0) }
        try append("100|1.4|q|NO", to: ".new")
        try with { spool in
            let kept = try lines(of: spool)
            #expect(kept.split(separator: "\n").count == 2)
            spool.loaded()
            spool.take(abandon("1.1"), at: 0)
            spool.take(received(["Event": "Hangup", "Timestamp": "110", "Uniqueid": "1.1"]), at: 0)
            let later = try lines(of: spool)
            #expect(later == "100|1.3|q|NONE|ENTERQUEUE|||1\n110|1.1|q|NONE|ABANDON|1|1|9\n")
            spool.loaded()
        }
        // Callers who were waiting are known although everything was loaded, and are gone now.
        try with { spool in
            spool.take(snapshot: [], at: 500)
            let lines = try lines(of: spool).split(separator: "\n")
            #expect(lines.map { $0.drop { $0 != "|" } } == ["|1.2|q|NONE|EVENTSMISSED", "|1.3|q|NONE|EVENTSMISSED"])
        }
    }

    @Test func `two programs do not share it`() throws {
        try with { _ in
            let error = #expect(throws: ManagerError.self) { try QueueEventSpool(folder: folder, pbx: "main") }
            #expect(error?.code == .inUse)
            _ = try QueueEventSpool(folder: folder, pbx: "another/one")
        }
        try with { _ in }
    }

    @Test func `it never exceeds its limit, and counts what it cannot keep`() throws {
        try with(limit: 70) { spool in
            for caller in 1...4 { spool.take(join("1.\(caller)"), at: 0) }
            #expect(spool.waiting == 2 && spool.discarded == 2)
            let kept = try lines(of: spool)
            #expect(kept.split(separator: "\n").count == 2)
            spool.loaded()
            spool.take(join("1.5"), at: 0)
            #expect(spool.waiting == 1)
        }
    }

    @Test func `a folder that cannot be written is reported`() {
        let error = #expect(throws: ManagerError.self) { try QueueEventSpool(folder: "/dev/null/x", pbx: "main") }
        #expect(error?.code == .file)
    }
}
