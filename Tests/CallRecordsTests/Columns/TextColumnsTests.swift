import CallRecords
import Testing
import TestSupport

struct TextColumnsTests {
    @Test func `texts stay where they were put`() {
        var batch = CDRBatch()
        Self.add(["src": "101", "dst": "102", "clid": "\"Анна\" <101>"], to: &batch)
        Self.add([:], to: &batch)
        Self.add(["src": "", "userfield": "x\0y"], to: &batch)
        #expect(batch.count == 3)
        #expect(batch.string(.src, of: 0) == "101" && batch.string(.clid, of: 0) == "\"Анна\" <101>")
        #expect(CDRField.allCases.allSatisfy { batch.string($0, of: 1) == nil })
        #expect(batch.string(.src, of: 2) == nil && batch.string(.userfield, of: 2) == "x\0y")
        #expect(batch.texts.byteCount == 3 + 3 + 16 + 3)
    }

    @Test func `a record that is taken back leaves nothing`() {
        var batch = CDRBatch()
        Self.add(["src": "101"], to: &batch)
        Self.add(["src": "broken"], to: &batch)
        batch.removeLast()
        Self.add(["dst": "103"], to: &batch)
        #expect(batch.count == 2)
        #expect(batch.string(.src, of: 0) == "101")
        #expect(batch.string(.src, of: 1) == nil && batch.string(.dst, of: 1) == "103")
        batch.removeAll()
        #expect(batch.isEmpty && batch.texts.byteCount == 0)
    }

    @Test func `placeholders for nobody are empty`() {
        var batch = QueueEventBatch()
        for (callid, queue, agent) in [
            ("NONE", "NONE", "NONE"), ("MANAGER", "CLI", "REALTIME"), ("1.2", "NONEX", "none"),
        ] {
            batch.append(time: .instant(1), line: 1)
            for (field, text) in [(QueueEventField.callid, callid), (.queue, queue), (.agent, agent)] {
                Array(text.utf8).withUnsafeBufferPointer { batch.set(field, $0) }
            }
        }
        #expect((0..<3).map { batch.string(.callid, of: $0) } == [nil, nil, "1.2"])
        #expect((0..<3).map { batch.string(.queue, of: $0) } == [nil, "CLI", "NONEX"])
        #expect((0..<3).map { batch.string(.agent, of: $0) } == [nil, "REALTIME", "none"])
    }

    @Test func `sets of columns`() {
        var some = CDRFieldSet([.src, .dstCnam])
        #expect(some.contains(.src) && some.contains(.dstCnam) && !some.contains(.dst))
        some.insert(.dst)
        #expect(CDRField.allCases.count(where: some.contains) == 3)
        #expect(CDRField.allCases.allSatisfy(CDRFieldSet.all.contains))
    }

    private static func add(_ texts: [String: String], to batch: inout CDRBatch) {
        batch.append(CDRHeader())
        for field in CDRField.allCases {
            guard let text = texts[field.name] else { continue }
            Array(text.utf8).withUnsafeBufferPointer { batch.set(field, $0) }
        }
    }
}
