import CallRecords
import Postgres
import Testing
import TestSupport

@testable import Pipeline

/// A first load builds visits while it reads the log. They are those of any other load, also of calls that come back
/// after they seemed to be over.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct SettledVisitsTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `a first load has the visits of any other load`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var log = Self.log(&random)
        // The rotated file may be read after the current one.
        if seed.isMultiple(of: 3) { log = Array(log.dropFirst(log.count / 2) + log.prefix(log.count / 2)) }
        let rows = Int.random(in: 1...60, using: &random)

        func visits(_ change: (inout Plan) -> Void) async throws -> [String] {
            try await Bench.with { bench in
                let file = try bench.write(log.map { $0 + "\n" }.joined(), to: "queue_log")
                let result = try bench.run(queueLog: [file], change)
                #expect(result.queueLog?.inserted == Int64(Set(log).count), "seed \(seed)")
                #expect(try bench.connection.faults() == [], "seed \(seed)")
                return try bench.connection.texts("select v::text from voip.queue_visit as v order by 1")
            }
        }
        let usual = try await visits { $0.firstLoadFrom = .max }
        let first = try await visits {
            $0.firstLoadFrom = 1
            $0.setBatchRows(rows)
        }
        #expect(usual.count > 100, "seed \(seed)")
        #expect(first == usual, "seed \(seed), batches of \(rows)")
    }

    /// Calls that enter one to three queues, with up to two hours between the visits; some without an end, some without
    /// a beginning. The PBX restarts twice.
    private static func log(_ random: inout SeededGenerator) -> [String] {
        let start: Int64 = 1_795_389_000
        var lines: [(at: Int64, text: String)] = []
        func add(_ at: Int64, _ text: String) { lines.append((at, "\(at)|\(text)")) }
        for number in 0..<80 {
            var at = start + Int64.random(in: 0...20_000, using: &random)
            let callid = "\(at).\(number)"
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let queue = ["support", "sales"].randomElement(using: &random) ?? "support"
                if Int.random(in: 0..<8, using: &random) > 0 {
                    add(at, "\(callid)|\(queue)|NONE|ENTERQUEUE||7916\(number)|1")
                }
                let wait = Int64.random(in: 1...90, using: &random)
                at += wait
                switch Int.random(in: 0..<6, using: &random) {
                case 0: add(at, "\(callid)|\(queue)|NONE|ABANDON|1|1|\(wait)")
                case 1: add(at, "\(callid)|\(queue)|NONE|EXITWITHTIMEOUT|1|1|\(wait)")
                case 2: break
                default:
                    add(at, "\(callid)|\(queue)|Alice|CONNECT|\(wait)|\(at).9|3")
                    let talk = Int64.random(in: 1...1500, using: &random)
                    at += talk
                    add(at, "\(callid)|\(queue)|Alice|COMPLETECALLER|\(wait)|\(talk)|1")
                }
                at += [0, 30, 900, 7200].randomElement(using: &random) ?? 0
            }
        }
        for _ in 0..<2 { add(start + Int64.random(in: 0...20_000, using: &random), "NONE|NONE|NONE|QUEUESTART|") }
        return lines.sorted { $0.at < $1.at }.map(\.text)
    }
}
