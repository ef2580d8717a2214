/// How an attempt to reach somebody ended, according to a CDR.
///
/// (Asterisk, `include/asterisk/cdr.h`, `enum ast_cdr_disposition`, and `ast_cdr_disp2str`.)
public enum Disposition: String, CaseIterable, Hashable, Sendable {
    case noAnswer = "NO ANSWER"
    case failed = "FAILED"
    case busy = "BUSY"
    case answered = "ANSWERED"
    /// Written only if `cdr.conf` has `congestion=yes`; otherwise such an attempt is ``failed``.
    case congestion = "CONGESTION"
    /// The caller hung up first. Written only with `canceldispositionenabled=yes`; otherwise it is ``noAnswer``.
    case cancel = "CANCEL"

    /// Reads a disposition from any source: the word, in any case and with any separator (`NO ANSWER`, `no_answer`,
    /// `NOANSWER`), or the number that `dispositionstring=no` and `cdr_custom` write (`8`).
    ///
    /// `nil` for an empty text and for anything else. Whether the attempt was answered then follows from the answer
    /// time and the talk time (``CDRHeader/isAnswered``).
    public init?(parsing text: UnsafeBufferPointer<UInt8>) {
        guard 1...12 ~= text.count else { return nil }
        var cursor = ByteCursor(text)
        if let number = cursor.digits(1...2) {
            guard cursor.isAtEnd, let value = Self(number: number) else { return nil }
            self = value
            return
        }
        // Nearly all legs have one of two words, in Asterisk's own spelling.
        for value in [Self.answered, .noAnswer, .busy, .failed, .congestion, .cancel] where value.isNamed(by: text) {
            self = value
            return
        }
        return nil
    }

    /// The number that Asterisk uses: flags, of which one is set.
    private init?(number: Int64) {
        switch number {
        // 1 means "no CDR yet" and is written if an attempt ended before anything happened.
        case 0, 1: self = .noAnswer
        case 2: self = .failed
        case 4: self = .busy
        case 8: self = .answered
        case 16: self = .congestion
        case 32: self = .cancel
        default: return nil
        }
    }

    /// The word as Asterisk writes it, in capitals.
    public var word: StaticString {
        switch self {
        case .noAnswer: "NO ANSWER"
        case .failed: "FAILED"
        case .busy: "BUSY"
        case .answered: "ANSWERED"
        case .congestion: "CONGESTION"
        case .cancel: "CANCEL"
        }
    }

    /// Compares only letters, ignoring case; separators are skipped on both sides.
    private func isNamed(by text: UnsafeBufferPointer<UInt8>) -> Bool {
        word.withUTF8Buffer { word in
            var place = word.startIndex
            for byte in text {
                if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") { continue }
                if place < word.endIndex, word[place] == UInt8(ascii: " ") { place += 1 }
                guard place < word.endIndex, byte & 0xDF == word[place] else { return false }
                place += 1
            }
            return place == word.endIndex
        }
    }
}
