import Base

/// Infers the encoding of texts that are not UTF-8 from their letters.
///
/// Every word is read in every known encoding and scored: points for letters that occur in names, and deductions for
/// letters that hardly occur in any name, signs inside a word, two scripts in one word, adjacent accents, and a capital
/// after a small letter. The encoding with the highest score over all texts so far is used; Western Europe if scores
/// are equal.
struct EncodingGuess: Sendable {
    /// Scores so far, in the order of ``candidates``.
    private var points = [Double](repeating: 0, count: candidates.count)

    /// If scores are equal, the first one wins.
    private static let candidates: [TextEncoding] = [.latin1, .cp1251, .cp1250, .cp1254, .latin2, .koi8]

    /// The most likely encoding.
    var encoding: TextEncoding {
        var best = 0
        for index in points.indices where points[index] > points[best] + 0.001 { best = index }
        return Self.candidates[best]
    }

    /// Takes a text as evidence.
    mutating func observe(_ text: UnsafeBufferPointer<UInt8>) {
        for index in points.indices { points[index] += Self.points(of: text, in: Self.candidates[index]) }
    }

    /// Takes every line of a sample that is not UTF-8 as evidence.
    mutating func observe(lines bytes: UnsafeBufferPointer<UInt8>) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let text = UnsafeBufferPointer(rebasing: line)
            if TextMender.isSuspicious(text), !TextMender.isValidUTF8(text) { observe(text) }
        }
    }

    private static func points(of text: UnsafeBufferPointer<UInt8>, in encoding: TextEncoding) -> Double {
        var sum = 0.0
        var word: [Letter] = []
        for index in text.indices {
            let byte = text[index]
            let scalar = byte < 0x80 ? Unicode.Scalar(byte) : encoding.scalar(for: byte)
            if let letter = Letter(scalar, isPlain: byte < 0x80) {
                word.append(letter)
                continue
            }
            if byte >= 0x80 { sum += signPoints(scalar, inside: !word.isEmpty && isLetter(text, index + 1, encoding)) }
            sum += points(of: word)
            word.removeAll(keepingCapacity: true)
        }
        return sum + points(of: word)
    }

    private static func isLetter(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ encoding: TextEncoding) -> Bool {
        guard index < text.count else { return false }
        let scalar = text[index] < 0x80 ? Unicode.Scalar(text[index]) : encoding.scalar(for: text[index])
        return scalar.properties.isAlphabetic
    }

    private static func signPoints(_ sign: Unicode.Scalar, inside: Bool) -> Double {
        switch sign {
        case "\u{FFFD}", "\u{80}"..."\u{9F}": -6
        case "’", "\u{A0}", "–", "—", "‘", "“", "”", "„", "«", "»", "№", "°", "…": 0
        default: inside ? -3 : -0.5
        }
    }

    private static func points(of word: [Letter]) -> Double {
        guard word.count > 1, word.contains(where: { !$0.isPlain }) else { return 0 }
        let isCyrillic = word.contains { $0.isCyrillic }
        let isMixed = isCyrillic && word.contains { !$0.isCyrillic }
        let isForeignThroughout = !isCyrillic && word.allSatisfy { !$0.isPlain }
        var sum = 0.0
        var vowel: Character?
        for index in word.indices {
            let letter = word[index]
            defer { if letter.isVowel && letter.lower != "y" || letter.lower == "ı" { vowel = letter.lower } }
            let next = index + 1 < word.count ? word[index + 1] : nil
            if !letter.isPlain {
                sum += isMixed ? -4 : letter.points(before: next, after: vowel) - (isForeignThroughout ? 1 : 0)
            }
            guard let next, !letter.isPlain || !next.isPlain else { continue }
            if letter.isLower, !next.isLower { sum -= 1.5 }
            // Tomáš is not Tomáą.
            if letter.isVowel, letter.lower != "i", next.lower == "ą" || next.lower == "ę" { sum -= 0.5 }
            // Größe and Conceição have two adjacent accents.
            if !isCyrillic, !letter.isPlain, !next.isPlain, next.scalar != "ß", letter.lower != "ç" { sum -= 1 }
        }
        return sum
    }
}

/// A letter in a word, and how likely it is in a name.
private struct Letter {
    let scalar: Unicode.Scalar
    /// Whether it is an ASCII letter, which every encoding has.
    let isPlain: Bool

    init?(_ scalar: Unicode.Scalar, isPlain: Bool) {
        guard scalar.properties.isAlphabetic else { return nil }
        (self.scalar, self.isPlain) = (scalar, isPlain)
    }

    var isCyrillic: Bool { 0x400...0x4FF ~= scalar.value }
    var isLower: Bool { !scalar.properties.isUppercase }
    var lower: Character { Character(scalar.properties.lowercaseMapping.first.map(String.init) ?? "") }

    /// Frequencies in Russian and Ukrainian, German, French, Spanish, Portuguese, Italian, Polish and Turkish names, roughly.
    ///
    /// - Parameters:
    ///   - next: the letter after it.
    ///   - vowel: the last vowel before it.
    func points(before next: Letter?, after vowel: Character?) -> Double {
        switch lower {
        case "о", "е", "а", "и", "н", "т", "с", "р", "в", "л", "к", "м", "д", "у": return 1
        case "і", "ї", "є": return 0.7
        case "п", "я", "ы", "ь", "г", "з", "б", "ч", "й", "х", "ж", "ш", "ю", "ц", "щ", "э", "ф", "ъ", "ё", "ґ":
            return 0.5
        case _ where isCyrillic: return 0
        case "ñ": return next?.isVowel ?? false ? 0.8 : -0.5
        case "ń": return next?.isVowel ?? false ? 0.1 : 0.8
        case "æ": return next == nil ? -0.5 : 0.5
        case "ć": return next == nil ? 0.8 : 0.6
        case "œ": return next?.lower == "u" ? 0.9 : 0.3
        case "ł", "ą", "ż", "ę", "ś", "ź": return 0.75
        case "ğ", "ş", "i̇": return 0.9
        // Turkish vowels are in harmony: Kalaycı. Czech names may end in it after any vowel: Novotný.
        case "ı": return vowel.map { "aıâ".contains($0) } ?? true ? 0.9 : 0.2
        case "ý" where next == nil: return vowel == "a" ? 0.5 : 0.8
        // Jørgen, Bjørn; Dvořák, Jiří, Kovář.
        case "ø": return next?.isVowel ?? true ? 0.2 : 0.8
        case "ř": return next?.isVowel ?? true ? 0.8 : 0.2
        // Simões, Camões; Győző, Erdős.
        case "õ": return next?.lower == "e" ? 0.8 : 0.1
        case "ő": return next?.lower == "e" ? 0.2 : 0.8
        case "þ", "ð", "ý", "ÿ", "ƒ", "ª", "º", "µ": return -0.5
        case "č", "ž", "š", "ě", "ů", "ň", "ť", "ď", "ű", "ă", "ţ": return 0.6
        case "đ", "ĺ", "ŕ", "ľ": return 0.2
        default: return 0.8
        }
    }

    var isVowel: Bool { "aeiouyáéíóúàèìòùâêîôûäëïöüãõ".contains(lower) }
}
