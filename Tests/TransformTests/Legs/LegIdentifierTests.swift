import Base
import CallRecords
import Testing
import TestSupport
import Transform

/// Hashes are stored in warehouses: the values here must never change.
struct LegIdentifierTests {
    private static func batch(
        _ texts: [CDRField: String],
        sequence: Int32? = 7,
        _ change: (inout CDRHeader) -> Void = { _ in }
    ) -> CDRBatch {
        var batch = CDRBatch()
        var header = CDRHeader()
        header.duration = 30
        header.billsec = 20
        header.amaflags = 3
        header.sequence = sequence
        change(&header)
        batch.append(header)
        for (field, text) in texts {
            var text = text
            text.withUTF8 { batch.set(field, $0) }
        }
        return batch
    }

    private static func identity(
        _ texts: [CDRField: String],
        sequence: Int32? = 7,
        start: Moment = 1_795_348_800,
        _ change: (inout CDRHeader) -> Void = { _ in }
    ) -> LegIdentity {
        let batch = batch(texts, sequence: sequence, change)
        var identifier = LegIdentifier()
        let times = LegTimes(start: start, answer: start + 10, end: start + 30, isDerived: false)
        return batch.texts.withUnsafeTexts { identifier.identity(batch.headers[0], times, of: 0, in: $0) }
    }

    private static let leg: [CDRField: String] = [
        .uniqueid: "1795348800.1", .linkedid: "1795348800.0", .src: "79160000001", .dst: "101",
        .channel: "PJSIP/trunk-00000001", .dstchannel: "PJSIP/101-00000002", .lastapp: "Dial", .disposition: "ANSWERED",
        .clid: "\"Anna\" <79160000001>", .userfield: "survey: 5",
    ]

    /// Computed by another implementation of MurmurHash3 x64 128, in Python, over the bytes described in
    /// docs/identity.md.
    @Test func `golden values`() {
        let identity = Self.identity(Self.leg)
        #expect(identity.content == 8754194175858915100)
        #expect(identity.row == 1388053603980148017)
        #expect(identity.legNumber == 7)
        #expect(identity.uniqueid.low == 13105337729191833570)
        #expect(Self.identity(Self.leg, sequence: nil).legNumber == 8754194175858915100 | .min)
    }

    @Test func `fields that may change later are not part of the content`() {
        let content = Self.identity(Self.leg).content
        for field in [CDRField.userfield, .clid, .linkedid, .accountcode, .recordingfile, .did, .lastdata, .uniqueid] {
            var other = Self.leg
            other[field] = "something else"
            #expect(Self.identity(other).content == content, "\(field)")
            #expect(Self.identity(other).row != Self.identity(Self.leg).row, "\(field)")
        }
        #expect(Self.identity(Self.leg, sequence: nil).content == content)
    }

    @Test func `the fields that name a leg are`() {
        let content = Self.identity(Self.leg).content
        for field in [CDRField.src, .dst, .channel, .dstchannel, .lastapp, .disposition] {
            var other = Self.leg
            other[field] = "x"
            #expect(Self.identity(other).content != content, "\(field)")
        }
        #expect(Self.identity(Self.leg, start: 1_795_348_801).content != content)
        #expect(Self.identity(Self.leg) { $0.duration = 31 }.content != content)
        #expect(Self.identity(Self.leg) { $0.billsec = 21 }.content != content)
    }

    @Test func `texts do not run into each other`() {
        let one = Self.identity([.uniqueid: "1", .src: "ab", .dst: "c"])
        let other = Self.identity([.uniqueid: "1", .src: "a", .dst: "bc"])
        #expect(one.content != other.content)
    }

    @Test func `no more than 80 characters are compared, however many bytes they have`() {
        for letter in ["x", "ж", "語"] {
            let eighty = String(repeating: letter, count: 80)
            let whole = Self.identity([.uniqueid: "1", .dstchannel: eighty + "tail"])
            let cut = Self.identity([.uniqueid: "1", .dstchannel: eighty])
            #expect(whole.content == cut.content)
            #expect(Self.identity([.uniqueid: "1", .dstchannel: String(eighty.dropLast())]).content != cut.content)
        }
    }

    @Test func `without a uniqueid the content is the name, and a sequence names nothing`() {
        let identity = Self.identity([.src: "1", .dst: "2", .linkedid: "1795348800.0"])
        #expect(identity.uniqueid == Hash128(content: identity.content))
        #expect(identity.legNumber == identity.content | .min)
        #expect(identity.linkedid != nil)
    }
}
