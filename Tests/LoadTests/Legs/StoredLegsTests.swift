import CallRecords
import Testing

@testable import Load

/// Of which stored leg an incoming one is a version.
struct StoredLegsTests {
    private static let uniqueid = Hash128(low: 1, high: 2)

    private static func identity(content: Int64, row: Int64 = 1, sequence: Int32?, isNamed: Bool = true) -> LegIdentity
    {
        LegIdentity(
            uniqueid: isNamed ? uniqueid : Hash128(content: content),
            linkedid: nil,
            content: content,
            row: row,
            sequence: isNamed ? sequence : nil
        )
    }

    private static func stored(_ legs: (content: Int64, number: Int64, isNamed: Bool)...) -> StoredLegs {
        var stored = StoredLegs()
        for (index, leg) in legs.enumerated() {
            stored.insert(
                uniqueid: leg.isNamed ? uniqueid : nil,
                number: leg.number,
                content: leg.content,
                row: 1,
                call: Int64(index)
            )
        }
        return stored
    }

    private static func text(_ match: StoredLegs.Match) -> String {
        switch match {
        case .new: "new"
        case .same(let leg): "same \(leg.call)"
        case .changed(let leg): "changed \(leg.call)"
        }
    }

    @Test func `by the sequence, whatever the content`() {
        var legs = Self.stored((content: 10, number: 7, isNamed: true))
        #expect(Self.text(legs.match(Self.identity(content: 10, sequence: 7), hasSequence: true)) == "same 0")
        #expect(
            Self.text(legs.match(Self.identity(content: 10, row: 2, sequence: 7), hasSequence: true)) == "changed 0"
        )
        #expect(
            Self.text(legs.match(Self.identity(content: 99, row: 2, sequence: 7), hasSequence: true)) == "changed 0"
        )
        #expect(Self.text(legs.match(Self.identity(content: 10, sequence: 8), hasSequence: true)) == "new")
    }

    @Test func `a leg without a sequence is the same content with one`() {
        var legs = Self.stored((content: 10, number: 7, isNamed: true))
        #expect(Self.text(legs.match(Self.identity(content: 10, sequence: nil), hasSequence: false)) == "same 0")
        #expect(
            Self.text(legs.match(Self.identity(content: 10, row: 2, sequence: nil), hasSequence: false)) == "changed 0"
        )
        #expect(Self.text(legs.match(Self.identity(content: 11, sequence: nil), hasSequence: false)) == "new")
    }

    @Test func `a stored leg without a sequence gets one, once`() {
        var legs = Self.stored((content: 10, number: 10 | .min, isNamed: true))
        #expect(Self.text(legs.match(Self.identity(content: 10, sequence: 7), hasSequence: true)) == "changed 0")
        #expect(Self.text(legs.match(Self.identity(content: 10, sequence: 8), hasSequence: true)) == "new")
    }

    @Test func `an ambiguous leg changes none of the candidates`() {
        var legs = Self.stored((content: 10, number: 7, isNamed: true), (content: 10, number: 8, isNamed: true))
        #expect(
            Self.text(legs.match(Self.identity(content: 10, row: 2, sequence: nil), hasSequence: false)) == "same 0"
        )
    }

    @Test func `if one side has no uniqueid, the content decides`() {
        var named = Self.stored((content: 10, number: 7, isNamed: true))
        let nameless = Self.identity(content: 10, row: 2, sequence: nil, isNamed: false)
        #expect(Self.text(named.match(nameless, hasSequence: false)) == "same 0")
        var other = Self.stored((content: 10, number: 10 | .min, isNamed: false))
        #expect(Self.text(other.match(nameless, hasSequence: false)) == "changed 0")
        #expect(Self.text(other.match(Self.identity(content: 10, sequence: 7), hasSequence: true)) == "changed 0")
        #expect(Self.text(other.match(Self.identity(content: 10, sequence: 8), hasSequence: true)) == "new")
    }
}

extension Hash128 {
    init(low: UInt64, high: UInt64) {
        self.init(content: 0)
        (self.low, self.high) = (low, high)
    }
}
