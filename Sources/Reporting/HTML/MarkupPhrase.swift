import Base

/// An English phrase for people, with text and HTML in it. See ``Base/Phrase`` for its key.
package struct MarkupPhrase: ExpressibleByStringInterpolation {
    fileprivate let key: String
    fileprivate let values: [Markup]

    package init(stringLiteral value: String) { (key, values) = (value, []) }

    package init(stringInterpolation: Interpolation) {
        (key, values) = (stringInterpolation.key, stringInterpolation.values)
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var key = ""
        fileprivate var values: [Markup] = []

        package init(literalCapacity: Int, interpolationCount: Int) { key.reserveCapacity(literalCapacity) }
        package mutating func appendLiteral(_ literal: String) { key += literal }
        package mutating func appendInterpolation(_ text: some StringProtocol) { append("\(String(text))") }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { append("\(String(number))") }
        package mutating func appendInterpolation(_ markup: Markup) { append(markup) }

        private mutating func append(_ value: Markup) {
            values.append(value)
            key += "{\(values.count)}"
        }
    }
}

extension Markup {
    /// A phrase in the language of the task. The phrase and its texts are escaped, its markup is not.
    ///
    /// - Parameters:
    ///   - phrase: The phrase in English.
    ///   - context: What it is said of, if the same English words need several translations.
    package static func localized(_ phrase: MarkupPhrase, context: String? = nil) -> Markup {
        let pattern = Base.localized(key: phrase.key, context: context)
        return joined(
            Phrase.pieces(of: pattern).map { piece in
                switch piece {
                case .text(let text): "\(String(text))"
                case .value(let number): number <= phrase.values.count ? phrase.values[number - 1] : "{\(number)}"
                }
            }
        )
    }
}
