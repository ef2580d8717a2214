/// What a telephone network could make of a dialled text.
///
/// PBXs, phones and trunks ignore separators, wait at `w` and `p`, map letters to digits, decode percent signs, strip
/// feature codes and take the user part of a SIP URI. Which of these a call will meet is unknown here, so all readings
/// are listed; the text must be judged by the most expensive one.
struct DialString: Equatable {
    /// A reading as digits, with a leading plus if one was written.
    struct Reading: Equatable {
        var digits: String
        /// The runs of digits that the reading covers; a text is understood if every run is part of a valid reading.
        var runs: Range<Int>
    }

    /// Why nothing can be said about a text.
    enum Fault: Error {
        /// A character, escape or URI that does not occur in dial strings.
        case unreadable
        /// Too many runs of digits.
        case tooLong
    }

    /// The text without separators but with letters, for comparison with patterns.
    let plain: String
    /// The readings; empty for a name, such as `s` or `sales`.
    let readings: [Reading]
    /// The number of runs of digits in the text.
    let runCount: Int

    /// More runs than any number has, including its code and its extension.
    private static let maximumRuns = 8
    private static let maximumLength = 255

    /// Reads an extension, the number of a channel, or digits to be played.
    init(_ text: String) throws(Fault) {
        guard text.utf8.count <= Self.maximumLength else { throw .tooLong }
        let symbols = try Self.symbols(of: try Self.user(of: try Self.decoded(text)))
        plain = String(symbols.map(\.character))
        var runs = Self.runs(of: symbols)
        guard runs.count <= Self.maximumRuns else { throw .tooLong }
        // A lone plus is not a run.
        runs.removeAll { $0.digits == "+" }
        runCount = runs.count
        var readings = Self.joined(runs)
        if let word = Self.vanity(symbols) { readings.append(Reading(digits: word, runs: runs.indices)) }
        self.readings = readings
    }

    // MARK: Characters

    private enum Symbol: Equatable {
        case digit(Character), plus, code(Character), letter(Character)

        var character: Character {
            switch self {
            case .digit(let character), .code(let character), .letter(let character): character
            case .plus: "+"
            }
        }
    }

    /// The text with `%2B` decoded to `+`, repeatedly if necessary; a percent sign that is not an escape is unreadable.
    private static func decoded(_ text: String) throws(Fault) -> String {
        var bytes = Array(text.utf8)
        while let percent = bytes.firstIndex(of: UInt8(ascii: "%")) {
            guard percent + 2 < bytes.count, let high = hex(bytes[percent + 1]), let low = hex(bytes[percent + 2])
            else {
                throw .unreadable
            }
            bytes.replaceSubrange(percent...(percent + 2), with: [high << 4 | low])
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw .unreadable }
        return decoded
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The user part of a SIP, SIPS or tel URI (RFC 3261, RFC 3966), otherwise the text itself.
    private static func user(of text: String) throws(Fault) -> Substring {
        guard let colon = text.firstIndex(of: ":"), schemes.contains(text[..<colon].lowercased()) else {
            return text[...]
        }
        // The number in a local tel URI depends on the context that it names.
        guard !text.lowercased().contains("phone-context") else { throw .unreadable }
        let user = text[text.index(after: colon)...].prefix { !"@;?:".contains($0) }
        // A URI in a URI.
        guard !schemes.contains(user.lowercased()) else { throw .unreadable }
        return user
    }

    private static let schemes: Set = ["sip", "sips", "tel", "callto", "pjsip", "iax", "iax2", "h323"]

    /// Digits of any script as ASCII, without separators.
    private static func symbols(of text: Substring) throws(Fault) -> [Symbol] {
        var symbols: [Symbol] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "+", "\u{FF0B}": symbols.append(.plus)
            case "*", "\u{FF0A}": symbols.append(.code("*"))
            case "#", "\u{FF03}": symbols.append(.code("#"))
            case "a"..."z", "A"..."Z": symbols.append(.letter(Character(scalar)))
            // Pauses.
            case ",", ";": symbols.append(.letter("w"))
            case "-", ".", "(", ")", "[", "]", "~", "_", "!", "/", " ": continue
            default: if let symbol = try other(scalar) { symbols.append(symbol) }
            }
        }
        let hasDigits = symbols.contains { if case .digit = $0 { true } else { false } }
        let isASCII = text.unicodeScalars.allSatisfy(\.isASCII)
        // A name may be in any script; among digits, only digits and separators can be read.
        guard !hasDigits || isASCII || symbols.allSatisfy({ $0.character.isASCII }) else { throw .unreadable }
        return symbols
    }

    /// A digit of another script; nil for blanks, dashes and invisible marks.
    private static func other(_ scalar: Unicode.Scalar) throws(Fault) -> Symbol? {
        let properties = scalar.properties
        if properties.numericType == .decimal, let value = properties.numericValue, (0...9).contains(value) {
            return .digit(Character(String(Int(value))))
        }
        switch properties.generalCategory {
        case .spaceSeparator, .dashPunctuation, .format, .nonspacingMark: return nil
        case .uppercaseLetter, .lowercaseLetter, .otherLetter, .titlecaseLetter, .modifierLetter:
            return .letter(Character(scalar))
        default: throw .unreadable
        }
    }

    // MARK: Readings

    private struct Run {
        var digits: String
        /// Whether a `*` or `#` directly precedes it, so that it may begin with a feature code.
        var mayBeginWithCode: Bool
    }

    private static func runs(of symbols: [Symbol]) -> [Run] {
        var runs: [Run] = []
        var isOpen = false
        var followsCode = false
        for symbol in symbols {
            switch symbol {
            case .digit(let digit):
                if !isOpen { runs.append(Run(digits: "", mayBeginWithCode: followsCode)) }
                runs[runs.count - 1].digits.append(digit)
                isOpen = true
            case .plus:
                runs.append(Run(digits: "+", mayBeginWithCode: followsCode))
                isOpen = true
            case .code, .letter: isOpen = false
            }
            if case .code = symbol { followsCode = true } else { followsCode = false }
        }
        return runs
    }

    /// Every sequence of adjacent runs as one number, also without a possible leading feature code.
    private static func joined(_ runs: [Run]) -> [Reading] {
        var readings: [Reading] = []
        for first in runs.indices {
            var digits = ""
            for last in first..<runs.count {
                digits += last == first ? runs[last].digits : runs[last].digits.filter { $0 != "+" }
                let range = first..<(last + 1)
                readings.append(Reading(digits: digits, runs: range))
                guard runs[first].mayBeginWithCode else { continue }
                readings += withoutCode(digits).map { Reading(digits: $0, runs: range) }
            }
        }
        return readings
    }

    /// Codes have two digits (`*67`, `*72`); those of one, three or four are recognised by the prefix that follows.
    private static func withoutCode(_ digits: String) -> [String] {
        (1...4).compactMap { length in
            guard digits.count >= length + 3 else { return nil }
            let rest = String(digits.dropFirst(length))
            return length == 2 || rest.hasPrefix("0") ? rest : nil
        }
    }

    /// The number with its letters translated by a telephone's keys, `0044207FLOWERS`, from the first digit on.
    private static func vanity(_ symbols: [Symbol]) -> String? {
        let isNumeric = { (symbol: Symbol) in
            switch symbol {
            case .digit, .plus: true
            case .code, .letter: false
            }
        }
        guard let first = symbols.firstIndex(where: isNumeric) else { return nil }
        let rest = symbols[first...]
        let letters = rest.compactMap { symbol in
            if case .letter(let letter) = symbol { Character(letter.uppercased()) } else { nil }
        }
        // One or two letters are pauses or the mark of an extension, and so is any number of `w`.
        guard rest.count(where: isNumeric) >= 3, letters.count >= 3, !letters.allSatisfy({ "WPN".contains($0) }) else {
            return nil
        }
        var digits = ""
        for symbol in rest {
            switch symbol {
            case .digit(let digit): digits.append(digit)
            case .plus: if digits.isEmpty { digits.append("+") }
            case .code: continue
            case .letter(let letter): if let key = key(letter) { digits.append(key) }
            }
        }
        return digits
    }

    /// The key of a letter (ITU-T E.161).
    private static func key(_ letter: Character) -> Character? {
        switch Character(letter.uppercased()) {
        case "A"..."C": "2"
        case "D"..."F": "3"
        case "G"..."I": "4"
        case "J"..."L": "5"
        case "M"..."O": "6"
        case "P"..."S": "7"
        case "T"..."V": "8"
        case "W"..."Z": "9"
        default: nil
        }
    }
}
