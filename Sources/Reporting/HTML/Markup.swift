import Base

/// Text that is HTML already. Plain text that is inserted into it is escaped, so that a caller's name remains text.
package struct Markup: ExpressibleByStringInterpolation, Sendable {
    /// The HTML.
    package private(set) var html: String

    package init(stringLiteral value: String) { html = value }
    package init(stringInterpolation: Interpolation) { html = stringInterpolation.html }
    private init(html: String) { self.html = html }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate(set) var html = ""

        package init(literalCapacity: Int, interpolationCount: Int) { html.reserveCapacity(literalCapacity) }
        package mutating func appendLiteral(_ literal: String) { html += literal }
        package mutating func appendInterpolation(_ text: String) { html += Markup.escaped(text) }
        package mutating func appendInterpolation(_ number: Int) { html += String(number) }
        package mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
        /// A coordinate: with two decimals it is exact to a hundredth of a pixel.
        package mutating func appendInterpolation(_ value: Double) {
            let hundredths = Int((value * 100).rounded())
            let rest = hundredths.magnitude % 100
            html += "\(hundredths < 0 ? "-" : "")\(hundredths.magnitude / 100)"
            if rest > 0 { html += rest < 10 ? ".0\(rest)" : rest % 10 == 0 ? ".\(rest / 10)" : ".\(rest)" }
        }
    }

    package static func += (left: inout Markup, right: Markup) { left.html += right.html }

    package static func joined(_ parts: some Sequence<Markup>, _ separator: String = "") -> Markup {
        Markup(html: parts.map(\.html).joined(separator: separator))
    }

    /// Unescaped text, for markup that belongs to the program.
    package static func verbatim(_ html: String) -> Markup { Markup(html: html) }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in PrintableText.of(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
