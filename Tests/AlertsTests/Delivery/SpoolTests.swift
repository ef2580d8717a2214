@testable import Alerts
import Base
import Glibc
import TestSupport
import Testing

@Suite struct SpoolTests {
    private func file(_ folder: TestFolder) -> String { folder.path + "/alerts-spool.jsonl" }

    @Test func `a message is in the file when accept returns, and the file is private`() throws {
        let folder = try TestFolder()
        let spool = try Spool(folder: folder.path)
        try spool.accept(message("a"))
        let found = try SmallFile(path: file(folder))
        #expect(found.mode == "0600")
        #expect(SpoolState.folding(found.bytes).state.next(for: "hook")?.ids == ["a"])
    }

    @Test func `a file that was cut at any byte keeps its complete lines and takes new ones`() throws {
        let folder = try TestFolder()
        var text: [UInt8] = []
        let records: [SpoolRecord] = [
            .queued(message: message("a", group: "ä\n")), .queued(message: message("b", group: "2")),
            .delivered(receiver: "hook", ids: ["a"], at: ten),
        ]
        for record in records { text += try record.line() }
        for cut in 0...text.count {
            try AtomicFile.replace(file(folder), with: text[..<cut])
            let lines = text[..<cut].count { $0 == UInt8(ascii: "\n") }
            let isTorn = cut > 0 && text[cut - 1] != UInt8(ascii: "\n")
            do {
                let spool = try Spool(folder: folder.path)
                #expect(spool.damagedLines == (isTorn ? 1 : 0))
                #expect(spool.read { $0.next(for: "hook")?.ids } == [nil, ["a"], ["a"], ["b"]][lines])
                try spool.accept(message("c", group: "3"))
            }
            let again = try Spool(folder: folder.path)
            #expect(again.damagedLines == 0)
            #expect(again.read { $0.queues["hook"]?.last?.message.id } == "c")
        }
    }

    @Test func `a damaged line in the middle is counted and skipped`() throws {
        let folder = try TestFolder()
        let lines = try SpoolRecord.queued(message: message("a")).line() + Array("{\"queued\":\u{0}\n".utf8)
        let more = try SpoolRecord.queued(message: message("b", group: "2")).line()
        try AtomicFile.replace(file(folder), with: lines + more)
        let spool = try Spool(folder: folder.path)
        #expect(spool.damagedLines == 1)
        #expect(spool.read { $0.count } == 2)
    }

    @Test func `a second program cannot open it`() throws {
        let folder = try TestFolder()
        let first = try Spool(folder: folder.path)
        #expect {
            _ = try Spool(folder: folder.path)
        } throws: { ($0 as? DeliveryError)?.code == .locked && ($0 as? DeliveryError)?.category == .locked }
        withExtendedLifetime(first) {}
    }

    @Test func `it does not grow beyond what waits`() throws {
        let folder = try TestFolder()
        var limits = Spool.Limits()
        limits.compactionFloor = 4096
        let spool = try Spool(folder: folder.path, limits: limits)
        try spool.accept(message("stays", to: "mail"))
        for number in 0..<300 {
            try spool.accept(message("m\(number)", .test))
            try spool.settle(.delivered(receiver: "hook", ids: ["m\(number)"], at: ten))
        }
        // A message has about 450 bytes: without compaction, 300 would have more than 130,000.
        #expect(try SmallFile(path: file(folder)).bytes.count < 20_000)
        #expect(spool.read { $0.figures["hook"]?.delivered } == 300)
        #expect(spool.read { $0.next(for: "mail")?.ids } == ["stays"])
    }

    @Test func `too many messages and too many bytes are refused with a sentence`() throws {
        let folder = try TestFolder()
        var limits = Spool.Limits()
        limits.messages = 2
        let spool = try Spool(folder: folder.path, limits: limits)
        try spool.accept(message("a"))
        try spool.accept(message("b"))
        #expect {
            try spool.accept(message("c"))
        } throws: { "\($0)".hasPrefix("2 messages are waiting") }

        let other = try TestFolder()
        limits.bytes = 1000
        let small = try Spool(folder: other.path, limits: limits)
        try small.accept(message("a"))
        #expect {
            try small.accept(message("b", alerts: [alert(causes: [String(repeating: "x", count: 1000)])]))
        } throws: { ($0 as? DeliveryError)?.category == .tryAgainLater }
        #expect(small.read { $0.count } == 1)
    }

    @Test func `a full disk is an error that may pass`() {
        let error = DeliveryError(FileError("write", "spool", errno: ENOSPC))
        #expect(error.code == .full)
        #expect(error.category == .tryAgainLater)
        #expect(error.description.hasSuffix("No space left on device. Alerts are not kept until there is space."))
    }
}
