import Base
import CallRecords

/// Makes every text valid for PostgreSQL: UTF-8 without NUL. Nothing is dropped, and changes are counted.
///
/// Valid UTF-8 is unchanged, except that a character that the PBX's buffer cut in two at the end becomes U+FFFD, as
/// does a NUL. Any other text is read in the configured encoding, or in the one inferred from the texts so far.
struct TextMender {
    /// `nil` if it is inferred from the texts' letters.
    private let configured: TextEncoding?
    private var guess = EncodingGuess()
    /// How many texts were not UTF-8.
    private(set) var decoded = 0
    /// How many texts contained a NUL or ended inside a character.
    private(set) var damaged = 0
    /// A text that was not UTF-8, after decoding.
    private(set) var example: String?
    private var scratch: [UInt8] = []

    /// - Parameter encoding: for texts that are not UTF-8; `nil` or ``TextEncoding/utf8`` if it is to be inferred from
    ///   their letters.
    init(encoding: TextEncoding?) { configured = encoding == .utf8 ? nil : encoding }

    /// How many texts were changed.
    var mended: Int { decoded + damaged }
    /// The encoding in which texts that are not UTF-8 are read.
    var encoding: TextEncoding { configured ?? guess.encoding }
    /// The inferred encoding; `nil` if it was configured, or if there were no such texts.
    var guessed: TextEncoding? { configured == nil && decoded > 0 ? guess.encoding : nil }

    /// Uses the beginning of a file as evidence of its encoding.
    mutating func learn(_ sample: UnsafeBufferPointer<UInt8>) {
        if configured == nil { guess.observe(lines: sample) }
    }

    /// Whether any of these bytes must be examined: a byte above 0x7F, or a NUL.
    static func isSuspicious(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            // The high bits mark bytes above 0x7F; the subtraction borrows into them if a byte is zero.
            if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 { return true }
            index += 8
        }
        while index < raw.count {
            if raw[index] == 0 || raw[index] >= 0x80 { return true }
            index += 1
        }
        return false
    }

    /// Calls the body with the text, repaired if necessary.
    mutating func withMended<R>(
        _ text: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) -> R
    ) -> R {
        let hasNUL = text.contains(0)
        var isValid = Self.isValidUTF8(text)
        if isValid, !hasNUL { return body(text) }
        scratch.removeAll(keepingCapacity: true)
        var whole = text
        if !isValid, let length = Self.lengthWithoutCutCharacter(text) {
            isValid = true
            whole = UnsafeBufferPointer(rebasing: text[..<length])
        }
        if isValid { damaged += 1 } else { decoded += 1 }
        // A few thousand texts are enough evidence.
        if !isValid, configured == nil, decoded < 5000 { guess.observe(text) }
        let encoding = encoding
        for byte in whole {
            switch byte {
            case 0: scratch.append(contentsOf: [0xEF, 0xBF, 0xBD])
            case 0x80... where !isValid: scratch.append(contentsOf: String(Character(encoding.scalar(for: byte))).utf8)
            default: scratch.append(byte)
            }
        }
        if whole.count < text.count { scratch.append(contentsOf: [0xEF, 0xBF, 0xBD]) }
        if !isValid, example == nil { example = String(decoding: scratch.prefix(200), as: UTF8.self) }
        return scratch.withUnsafeBufferPointer(body)
    }

    /// The length of the text without an incomplete character at its end; `nil` if it is not UTF-8 in other respects.
    ///
    /// Complete multi-byte characters must precede it: `José` in Latin-1 also ends like a cut character.
    private static func lengthWithoutCutCharacter(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let lead = text.suffix(3).lastIndex(where: { $0 & 0xC0 != 0x80 }), text[lead] >= 0xC2 else { return nil }
        let needed = text[lead] >= 0xF0 ? 4 : text[lead] >= 0xE0 ? 3 : 2
        let whole = UnsafeBufferPointer(rebasing: text[..<lead])
        guard text.count - lead < needed, whole.contains(where: { $0 >= 0x80 }), isValidUTF8(whole) else { return nil }
        return lead
    }

    static func isValidUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        (try? UTF8Span(validating: Span(_unsafeElements: text))) != nil
    }
}
