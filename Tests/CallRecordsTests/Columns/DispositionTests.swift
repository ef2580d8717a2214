import CallRecords
import Testing

struct DispositionTests {
    private static func reading(_ text: String) -> Disposition? {
        var text = text
        return text.withUTF8 { Disposition(parsing: $0) }
    }

    /// Words of `ast_cdr_disp2str`, numbers of `enum ast_cdr_disposition`, and the forms that databases give the words.
    @Test(
        arguments: [
            ("ANSWERED", .answered), ("NO ANSWER", .noAnswer), ("BUSY", .busy), ("FAILED", .failed),
            ("CONGESTION", .congestion), ("CANCEL", .cancel), ("Answered", .answered), ("no answer", .noAnswer),
            ("NOANSWER", .noAnswer), ("NO_ANSWER", .noAnswer), ("no-answer", .noAnswer), ("0", .noAnswer),
            ("1", .noAnswer), ("2", .failed), ("4", .busy), ("8", .answered), ("16", .congestion), ("32", .cancel),
        ] as [(String, Disposition)]
    )
    func `Words in any case and Asterisk's numbers are read`(text: String, disposition: Disposition) {
        #expect(Self.reading(text) == disposition)
    }

    @Test(arguments: [
        "", " ", "ANSWER", "ANSWEREDX", "NO ANSWERS", "NO", "3", "5", "9", "64", "8x", "-8", "008", "ОТВЕТ",
        "DOCUMENTATION",
        "B\u{15}SY",
    ])
    func `Anything else is unknown`(text: String) {
        #expect(Self.reading(text) == nil)
    }

    @Test func `A batch keeps one spelling of a known disposition and the text of an unknown one`() {
        var batch = CDRBatch()
        for text in ["8", "Busy", "WEITERGELEITET"] {
            batch.append(CDRHeader())
            var text = text
            text.withUTF8 { batch.set(.disposition, $0) }
        }
        #expect(batch.headers.map(\.disposition) == [.answered, .busy, nil])
        #expect((0..<3).map { batch.string(.disposition, of: $0) } == ["ANSWERED", "BUSY", "WEITERGELEITET"])
    }

    @Test func `Without a disposition, an answer time or talk seconds mean that somebody answered`() {
        var header = CDRHeader()
        #expect(!header.isAnswered)
        header.billsec = 3
        #expect(header.isAnswered)
        header.disposition = .noAnswer
        #expect(!header.isAnswered)
        header = CDRHeader()
        header.answer = .wall(5)
        #expect(header.isAnswered)
    }
}
