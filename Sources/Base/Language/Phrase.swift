/// An English phrase for people, with values in it. It is its own key in the catalogues of the other languages.
///
/// `"\(lost) of \(offered) calls"` has the key `{1} of {2} calls`, so that a translator sees a sentence and may
/// change the order of its values. Numbers are given as text if they need grouping or decimals.
package struct Phrase: ExpressibleByStringInterpolation, Sendable {
    /// The phrase with placeholders, as it is in the catalogues.
    package let key: String
    let values: [String]

    package init(stringLiteral value: String) { (key, values) = (value, []) }

    package init(stringInterpolation: Interpolation) {
        (key, values) = (stringInterpolation.key, stringInterpolation.values)
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var key = ""
        fileprivate var values: [String] = []

        package init(literalCapacity: Int, interpolationCount: Int) { key.reserveCapacity(literalCapacity) }
        package mutating func appendLiteral(_ literal: String) { key += literal }
        package mutating func appendInterpolation(_ value: some StringProtocol) { append(String(value)) }
        package mutating func appendInterpolation(_ value: some BinaryInteger) { append(String(value)) }

        private mutating func append(_ value: String) {
            values.append(value)
            key += "{\(values.count)}"
        }
    }

    /// A text with values in the place of its placeholders. Values are not searched for placeholders, and a number
    /// that has no value remains as it is.
    package static func filled(_ pattern: String, _ values: [String]) -> String {
        guard !values.isEmpty else { return pattern }
        return pieces(of: pattern).map { piece in
            switch piece {
            case .text(let text): String(text)
            case .value(let number): number <= values.count ? values[number - 1] : "{\(number)}"
            }
        }.joined()
    }

    /// A part of a pattern.
    package enum Piece {
        case text(Substring)
        /// A placeholder, counted from 1.
        case value(Int)
    }

    /// A pattern in parts.
    package static func pieces(of pattern: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = pattern[...]
        var text = rest.startIndex
        while let open = rest.firstIndex(of: "{") {
            let after = pattern.index(after: open)
            guard let close = pattern[after...].firstIndex(of: "}"), let number = Int(pattern[after..<close]),
                number > 0
            else {
                rest = pattern[after...]
                continue
            }
            if text < open { pieces.append(.text(pattern[text..<open])) }
            pieces.append(.value(number))
            text = pattern.index(after: close)
            rest = pattern[text...]
        }
        if text < pattern.endIndex { pieces.append(.text(pattern[text...])) }
        return pieces
    }
}

/// A phrase in the language of the task.
///
/// - Parameters:
///   - phrase: The phrase in English.
///   - context: What it is said of, if the same English words need several translations.
package func localized(_ phrase: Phrase, context: String? = nil) -> String {
    Phrase.filled(localized(key: phrase.key, context: context), phrase.values)
}

/// One of two phrases in the language of the task, which may have more than two forms.
///
/// - Parameters:
///   - count: The number that decides.
///   - one: The phrase for a single thing, in English.
///   - other: The phrase for another number, in English; other languages use its values.
package func localized(_ count: some BinaryInteger, one: Phrase, other: Phrase, context: String? = nil) -> String {
    let language = Language.current
    let key = Catalogue.Key(text: one.key, plural: other.key, context: context)
    let count = Int64(clamping: count)
    guard let found = language.translation(of: key, form: language.pluralRule.form(count)) else {
        let phrase = count.magnitude == 1 ? one : other
        return Phrase.filled(phrase.key, phrase.values)
    }
    return Phrase.filled(found, other.values)
}

/// The translation of a text that is not a literal of the program, such as the heading of a report's column; the text
/// itself if it has none.
package func localized(key: String, context: String? = nil) -> String {
    Language.current.translation(of: Catalogue.Key(text: key, context: context)) ?? key
}
