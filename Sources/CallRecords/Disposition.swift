/// How an attempt to reach somebody ended, as a CDR says it.
///
/// (Asterisk, `include/asterisk/cdr.h`, `enum ast_cdr_disposition`, and `ast_cdr_disp2str`.)
public enum Disposition: String, CaseIterable, Hashable, Sendable {
    case noAnswer = "NO ANSWER"
    case failed = "FAILED"
    case busy = "BUSY"
    case answered = "ANSWERED"
    /// Only where `congestion=yes` is set in `cdr.conf`; otherwise such an attempt is ``failed``.
    case congestion = "CONGESTION"
    /// The caller hung up first. Only with `canceldispositionenabled=yes`; otherwise it is ``noAnswer``.
    case cancel = "CANCEL"

    /// Reads a disposition of any source: the word, in any case and with any separator (`NO ANSWER`, `no_answer`,
    /// `NOANSWER`), or the number of `dispositionstring=no` and of `cdr_custom` (`8`).
    ///
    /// `nil` for an empty text and for anything else; whether the attempt was answered is then for the answer and the
    /// length of the talk to say (``CDRHeader/isAnswered``).
    public init?(parsing text: UnsafeBufferPointer<UInt8>) {
        guard 1...12 ~= text.count else { return nil }
        var cursor = ByteCursor(text)
        if let number = cursor.digits(1...2) {
            guard cursor.isAtEnd, let value = Self(number: number) else { return nil }
            self = value
            return
        }
        // Nearly all legs are one of two words, written as Asterisk writes them.
        for value in [Self.answered, .noAnswer, .busy, .failed, .congestion, .cancel] where value.isNamed(by: text) {
            self = value
            return
        }
        return nil
    }

    /// The number that Asterisk keeps: flags, of which one is set.
    private init?(number: Int64) {
        switch number {
        // 1 is "no CDR yet", which is written where an attempt ended before anything happened.
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

    /// Compares letters only, without case; what separates the words is skipped on both sides.
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
