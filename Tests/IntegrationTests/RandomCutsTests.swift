import CallRecords
import Extract
import Pipeline
import Postgres
import Testing
import TestSupport

/// Log files are rotated whenever logrotate decides, imported when somebody thinks of it, and sometimes twice.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct RandomCutsTests {
    /// Twenty seeds, ten cuts each, in each of the two files.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `pieces in any order give the warehouse that the whole files give`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        // Every seed has its own excerpt: the calls of some minutes, and what the queues log about them.
        let csv = try Files.legs.get()
        let log = try Files.events.get()
        let part = Int.random(in: 0..<6, using: &random)
        let legs = Array(csv[csv.count * part / 6..<csv.count * (part + 1) / 6])
        let events = Array(log[log.count * part / 6..<log.count * (part + 1) / 6])

        let whole = try await Bench.with { bench in
            let file = try bench.write(legs.joined(), to: "Master.csv")
            let queueLog = try bench.write(events.joined(), to: "queue_log")
            try bench.run([file], queueLog: [queueLog])
            #expect(try bench.connection.faults() == [])
            return try Contents.meaning(bench.connection)
        }

        try await Bench.with { bench in
            var pieces: [Piece] = []
            for (number, piece) in Self.cut(legs, 10, using: &random).enumerated() {
                let zipped = Bool.random(using: &random) ? ".gz" : ""
                pieces.append(
                    Piece(path: try bench.write(piece.joined(), to: "Master.csv.\(number)\(zipped)"), isLog: false)
                )
            }
            for (number, piece) in Self.cut(events, 10, using: &random).enumerated() {
                let zipped = Bool.random(using: &random) ? ".gz" : ""
                pieces.append(
                    Piece(path: try bench.write(piece.joined(), to: "queue_log.\(number)\(zipped)"), isLog: true)
                )
            }
            // Some are loaded twice.
            pieces += pieces.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            pieces.shuffle(using: &random)
            var (read, kept) = (0 as Int64, 0 as Int64)
            while !pieces.isEmpty {
                let count = Int.random(in: 1...min(5, pieces.count), using: &random)
                let batchRows = [1, 3, 17, 400].randomElement(using: &random) ?? 1
                let result = try bench.run(
                    pieces.prefix(count).filter { !$0.isLog }.map(\.path),
                    queueLog: pieces.prefix(count).filter(\.isLog).map(\.path)
                ) { $0.setBatchRows(batchRows) }
                read += result.cdr?.read ?? 0
                kept += (result.cdr?.inserted ?? 0) + (result.cdr?.updated ?? 0)
                pieces.removeFirst(count)
            }
            #expect(read >= Int64(legs.count))
            #expect(kept == Int64(legs.count))
            #expect(try bench.connection.faults() == [])
            let pieceByPiece = try Contents.meaning(bench.connection)
            #expect(pieceByPiece == whole, "seed \(seed): \(pieceByPiece.differences(from: whole))")
        }
    }

    private struct Piece {
        var path: String
        var isLog: Bool
    }

    /// Cuts at this many places, which may coincide: an empty piece is a file that was rotated twice.
    private static func cut(
        _ lines: [[UInt8]],
        _ cuts: Int,
        using random: inout SeededGenerator
    ) -> [ArraySlice<[UInt8]>] {
        let places = ([0, lines.count] + (0..<cuts).map { _ in Int.random(in: 0...lines.count, using: &random) })
            .sorted()
        return zip(places, places.dropFirst()).map { lines[$0..<$1] }
    }
}
