import Base

/// Values as people read them, in the language of the task.
enum Words {
    /// A cell of a column for people: states and outcomes are words, not names.
    static func cell(_ cell: ReportCell, _ column: ReportColumn) -> String {
        guard case .text(let text) = cell, let words = words[column.name] else { return Words.cell(cell, column.kind) }
        let word = text.split(separator: "_").joined(separator: " ")
        // A user's own report may have any other text in a column of this name.
        guard words.contains(word) else { return PrintableText.of(names.contains(column.name) ? word : text) }
        return localized(key: word, context: column.name)
    }

    /// Columns whose values are names of states, of which the underscores are no part.
    private static let names: Set = ["status", "outcome", "service_level_variant"]

    /// The words that the built-in reports return, by column. The column is the context of their translations.
    static let words: [String: [String]] = [
        "status": [
            "open", "attempted", "called back", "got through", "no number", "claimed", "done", "reached",
        ],
        "outcome": [
            "abandoned", "abandoned short", "timed out", "exit key", "exit empty", "withdrawn", "unserved", "no answer",
            "busy", "failed",
        ],
        "service_level_variant": ["offered", "answered", "answered abandoned", "with abandoned"],
        "direction": ["inbound", "outbound", "internal", "unknown"],
        "session_source": ["members", "login", "static"],
        "weekday": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ]

    /// A cell for people; control characters are replaced.
    static func cell(_ cell: ReportCell, _ kind: ReportColumn.Kind) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): PrintableText.of(text)
        case .moment(let moment): "\(date(moment.date)) \(moment.minutes)"
        case .integer(let value) where kind == .duration: DurationText.of(seconds: value)
        case .tenths(let value) where kind == .average: DurationText.of(seconds: (value + 5) / 10)
        case .integer, .tenths: decimal(cell.number ?? "")
        }
    }
}

extension Words {
    /// `12 345`, with narrow spaces that do not break.
    static func grouped(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        var result = ""
        for (place, digit) in digits.enumerated() {
            if place > 0 && (digits.count - place) % 3 == 0 { result += "\u{202F}" }
            result.append(digit)
        }
        return value < 0 ? "−" + result : result
    }

    /// A number with a point as the language writes it.
    static func decimal(_ number: String) -> String { number.replacing(".", with: Language.current.decimalSeparator) }

    /// A figure for display only, with one decimal.
    static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return decimal("\(tenths < 0 ? "−" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)")
    }

    /// `+3.2`, `−1.0`, `±0.0`.
    static func signed(_ value: Double) -> String {
        let text = oneDecimal(value)
        return text == decimal("0.0") ? "±" + text : value > 0 ? "+" + text : text
    }
}
