import Base
import CallRecords

/// Makes every text one that PostgreSQL can hold: valid UTF-8 without NUL. Nothing is dropped, and what was changed is counted.
///
/// A text that is valid UTF-8 stays as it is, but for a character that the PBX's buffer cut in two at its end, which
/// becomes U+FFFD as a NUL does. Any other text is read in the configured encoding, or in the one that the texts so far look
/// like.
struct TextMender {
    /// `nil` where the texts' letters tell.
    private let configured: TextEncoding?
    private var guess = EncodingGuess()
    /// How many texts were not UTF-8.
    private(set) var decoded = 0
    /// How many texts held a NUL or ended inside a character.
    private(set) var damaged = 0
    /// A text that was not UTF-8, as it was read.
    private(set) var example: String?
    private var scratch: [UInt8] = []

    /// - Parameter encoding: of texts that are not UTF-8; `nil` or ``TextEncoding/utf8`` where their letters are to tell it.
    init(encoding: TextEncoding?) { configured = encoding == .utf8 ? nil : encoding }

    /// How many texts were changed.
    var mended: Int { decoded + damaged }
    /// What texts that are not UTF-8 are read in.
    var encoding: TextEncoding { configured ?? guess.encoding }
    /// What they were read in without being told; `nil` where it was configured, and where there were none.
    var guessed: TextEncoding? { configured == nil && decoded > 0 ? guess.encoding : nil }

    /// Takes the beginning of a file as evidence of its encoding.
    mutating func learn(_ sample: UnsafeBufferPointer<UInt8>) {
        if configured == nil { guess.observe(lines: sample) }
    }

    /// Whether any of these bytes needs a look: a byte above 0x7F, or a NUL.
    static func isSuspicious(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            // High bits are those bytes above 0x7F; the subtraction borrows into them where a byte is zero.
            if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 { return true }
            index += 8
        }
        while index < raw.count {
            if raw[index] == 0 || raw[index] >= 0x80 { return true }
            index += 1
        }
        return false
    }

    /// Calls the body with the text, mended where it needs it.
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
        // Thousands of texts tell enough.
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

    /// How long the text is without the beginning of a character at its end; `nil` where it is not UTF-8 otherwise.
    ///
    /// Whole characters of several bytes must stand before it: `José` in Latin-1 ends as if it were cut, too.
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
