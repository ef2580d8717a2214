import Base
import CallRecords
import Extract
import TestSupport
import Testing
import Transform

@testable import Pipeline

/// What a run reads from files, with and without a map.
struct WindowedReadingTests {
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `whatever happens to a log between runs, a window gets all of its records`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try LogFolder()
        try folder.write(folder.records(Int.random(in: 50...250, using: &random), using: &random).joined())
        var maps: [FileMap] = []
        for step in 1...4 {
            try change(folder, using: &random)
            let from = folder.clock - Int64.random(in: 3600...200_000, using: &random)
            let whole = try Reading(folder, from: from, mappedBytes: .max, maps: [])
            let windowed = try Reading(folder, from: from, mappedBytes: 4 << 10, maps: maps)
            #expect(windowed.failures == whole.failures)
            #expect(windowed.selected == whole.selected, "seed \(seed), step \(step)")
            for map in windowed.maps {
                maps.removeAll { ($0.file.device, $0.file.inode) == (map.file.device, map.file.inode) }
                maps.append(map)
            }
        }
    }

    private func change(_ folder: LogFolder, using random: inout SeededGenerator) throws {
        let some = folder.records(Int.random(in: 0...80, using: &random), using: &random).joined()
        switch Int.random(in: 0..<10, using: &random) {
        case 0: try folder.rotate(byCopying: false, compressing: Bool.random(using: &random))
        case 1: try folder.rotate(byCopying: true, compressing: Bool.random(using: &random))
        case 2:
            // Cut off anywhere, even inside a record.
            try folder.write(
                String(try folder.read().prefix(Int.random(in: 0...20_000, using: &random))),
                inPlace: true
            )
        case 3: try folder.write(some)
        case 4:
            // Somebody edits the middle, in place or not.
            let text = try folder.read()
            let lines = text.split(separator: "DOCUMENTATION", omittingEmptySubsequences: false)
            let place = Int.random(in: 0...lines.count, using: &random)
            let edited = lines[..<place] + lines[place...].dropFirst(Int.random(in: 0...3, using: &random))
            try folder.write(edited.joined(separator: "DOCUMENTATION"), inPlace: Bool.random(using: &random))
        case 5:
            // A record without its end, which arrives with the next ones.
            let record = folder.records(1, using: &random)[0]
            let cut = record.index(record.startIndex, offsetBy: Int.random(in: 0..<record.count, using: &random))
            try folder.append(some + record[..<cut])
            if Bool.random(using: &random) { try folder.append(String(record[cut...])) }
        default: try folder.append(some)
        }
    }

    @Test func `a file out of order is read whole, and from then on by its map`() throws {
        var random = SeededGenerator(seed: 1)
        let folder = try LogFolder()
        let old = folder.records(300, using: &random)
        folder.clock += 30 * 86_400
        let new = folder.records(300, using: &random)
        // Somebody has joined two logs in the wrong order, and the PBX continues.
        folder.clock += 3600
        let latest = folder.records(20, using: &random)
        try folder.write((new + old + latest).joined())
        let from = folder.clock - 20 * 86_400
        let whole = try Reading(folder, from: from, mappedBytes: .max, maps: [])
        let first = try Reading(folder, from: from, mappedBytes: 8 << 10, maps: [])
        #expect(first.selected == whole.selected)
        #expect(first.selected.count == 320)
        let second = try Reading(folder, from: folder.clock - 7200, mappedBytes: 8 << 10, maps: first.maps)
        #expect(
            second.selected == (try Reading(folder, from: folder.clock - 7200, mappedBytes: .max, maps: []).selected)
        )
        #expect(second.read < 200)
    }

    @Test func `the amount read grows with the window and not with the file`() throws {
        var random = SeededGenerator(seed: 2)
        var read: [Int64] = []
        for size in [2000, 8000] {
            let folder = try LogFolder()
            try folder.write(folder.records(size, using: &random).joined())
            let from = folder.clock - 86_400
            let first = try Reading(folder, from: from, mappedBytes: 8 << 10, maps: [])
            let again = try Reading(folder, from: from, mappedBytes: 8 << 10, maps: first.maps)
            #expect(first.selected == again.selected)
            // A day contains about 190 records of 450 seconds on average; a batch of 50 at the beginning reveals the
            // layout.
            #expect(first.read < 500)
            #expect(again.read < 500)
            read.append(again.read)
        }
        #expect(read[1] < read[0] * 2)
    }

    @Test func `the rejects of a part that was searched for have no line, those of a mapped one have`() throws {
        var random = SeededGenerator(seed: 3)
        let folder = try LogFolder()
        let text = folder.records(1000, using: &random).joined()
        try folder.write(text)
        let from = folder.clock - 3600
        let whole = try Reading(folder, from: 0, mappedBytes: 8 << 10, maps: [])
        try folder.append("\"no\",\"record\"\n" + folder.records(1, using: &random).joined())
        let searched = try Reading(folder, from: from, mappedBytes: 8 << 10, maps: [])
        #expect(searched.rejectedLines == [0])
        let mapped = try Reading(folder, from: from, mappedBytes: 8 << 10, maps: whole.maps)
        #expect(mapped.rejectedLines == [Int64(text.count { $0 == "\n" }) + 1])
    }
}

/// What a reader passes on.
private struct Reading {
    /// Uniqueids inside the window.
    var selected: Set<String> = []
    var maps: [FileMap] = []
    /// Records that were read, in the window or not.
    var read: Int64 = 0
    var rejectedLines: [Int64] = []
    /// Why files could not be read, such as a file that was cut off in its first record.
    var failures: [String] = []

    init(_ folder: LogFolder, from: Int64, mappedBytes: Int64, maps: [FileMap]) throws {
        let window = WindowRequest.between(from: .instant(from), to: nil)
        var plan = Plan(pbx: "main", window: window, numbers: try NumberPlan(region: "RU"))
        plan.zone = .utc
        plan.mappedBytes = mappedBytes
        var options = MasterCSVReader.Options()
        options.batchRows = 50
        let reader = LegReader(plan: plan, now: Moment(seconds: folder.clock), window: nil, maps: maps)
        var (selected, found, read, lines) = (Set<String>(), [FileMap](), 0 as Int64, [Int64]())
        var failures: [ExtractError] = []
        try reader.read(.files(folder.names.map { "\(folder.path)/\($0)" }, options)) { delivery in
            for record in delivery.batch.selection {
                selected.insert(delivery.batch.records.string(.uniqueid, of: record) ?? "")
            }
            if let map = delivery.map { found.append(map) }
            if let failure = delivery.failure { failures.append(failure) }
            read += delivery.counters.read
            lines += delivery.rejected.map(\.line)
            return true
        }
        self.failures = failures.map(\.message)
        (self.selected, self.maps, self.read, rejectedLines) = (selected, found, read, lines)
    }
}
