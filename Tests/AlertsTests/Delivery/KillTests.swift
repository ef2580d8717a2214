import Base
import Glibc
import NIOHTTP1
import TestSupport
import Testing

@Suite(.enabled(if: access(DrillProgram.path, X_OK) == 0, "delivery-drill is not built"))
struct KillTests {
    @Test(.timeLimit(.minutes(10)))
    func `of 200 programs killed with -9 while they send, none loses a message that it accepted`() async throws {
        let folder = try TestFolder()
        let server = try await TestReceiverServer()
        let accepted = folder.path + "/accepted"
        var random = SeededGenerator(seed: 20_261_128)
        var lines: [Substring] = []
        // How long a program takes until it has accepted a message: 20 ms, or much more on a slow machine.
        let begin = ContinuousClock.now
        let trial = try DrillProgram([DrillProgram.path, folder.path, server.url, "0"], output: accepted)
        _ = try await eventually { (try? Self.lines(accepted).isEmpty) == false }
        trial.kill()
        let usual = Int((ContinuousClock.now - begin) / .microseconds(1))
        lines = try Self.lines(accepted)
        for _ in 0..<200 {
            let program = try DrillProgram(
                [DrillProgram.path, folder.path, server.url, String(lines.count * 1000)],
                output: accepted
            )
            // Before the first message, or after it.
            try await Task.sleep(for: .microseconds(Int.random(in: usual / 4..<usual * 3, using: &random)))
            program.kill()
            lines = try Self.lines(accepted)
        }
        let last = try DrillProgram([DrillProgram.path, folder.path, server.url], output: accepted)
        #expect(last.wait() == 0)
        let received = server.requests.compactMap { $0.headers.first(name: "X-CRM-VoIP-Id") }
        // On a busy machine the spool fills up, and the program says so instead of accepting more.
        let ids = lines.filter { !$0.contains(" ") }.map(String.init)
        // Otherwise the test would show nothing.
        #expect(ids.count > 200)
        #expect(Set(ids).subtracting(received).isEmpty)
    }

    /// A program in a file system of its own with room for a few messages.
    static let isolated = ["unshare", "--map-root-user", "--mount"]

    @Test(.enabled(if: (try? TestProcess.run(isolated + ["true"])) != nil, "user namespaces are not available"))
    func `a full disk is told with a sentence, and ends in no crash`() async throws {
        let folder = try TestFolder()
        let output = folder.path + "/output"
        try TestProcess.run(["mkdir", folder.path + "/small"])
        let script = "mount -t tmpfs -o size=64k none \"$0\" && exec \"$1\" \"$0\" http://127.0.0.1:1/ 0"
        let program = try DrillProgram(
            Self.isolated + ["sh", "-c", script, folder.path + "/small", DrillProgram.path],
            output: output
        )
        #expect(program.wait() == 75)
        let last = try #require(try Self.lines(output).last)
        #expect(last.hasPrefix("Cannot write \(folder.path)/small/alerts-spool.jsonl: No space left on device."))
    }

    private static func lines(_ path: String) throws -> [Substring] {
        guard access(path, R_OK) == 0 else { return [] }
        return String(decoding: try SmallFile(path: path, limit: 64 << 20).bytes, as: UTF8.self).split(separator: "\n")
    }
}
