/// What all charts on a page have in common: a card with a heading, a key and an SVG as wide as the card.
///
/// Coordinates are designed for a width of 460 units, which a phone shows at four fifths and a desktop slightly
/// enlarged, so that one text size suits both.
struct Chart {
    static let width = 460.0

    let title: String
    /// A sentence below the heading; empty for none.
    var remark = ""
    /// Colour class and meaning.
    var key: [(style: String, name: String)] = []
    let height: Double
    let content: Markup
    /// The chart's figures in words, for those who cannot see it.
    var figures: [String] = []
    /// Whether parts of it are links, which a single picture cannot contain.
    var hasLinks = false

    var markup: Markup {
        let items = key.map { "<li><i class=\"\(Markup.verbatim($0.style))\"></i>\($0.name)</li>" as Markup }
        let keys: Markup = items.isEmpty ? "" : "<ul class=\"key\">\(Markup.joined(items))</ul>"
        let sentence: Markup = remark.isEmpty ? "" : "<p>\(remark)</p>"
        // The parts of a group have names of their own.
        let label = hasLinks || figures.isEmpty ? title : "\(title): \(figures.joined(separator: "; "))"
        return """
            <section><h3>\(title)</h3>\(sentence)\(keys)<svg viewBox="0 0 \(Self.width) \(height)" role="\(hasLinks ? "group" : "img")" \
            aria-label="\(label)">\(content)</svg></section>

            """
    }

    static func text(_ text: String, x: Double, y: Double, _ style: String = "") -> Markup {
        "<text x=\"\(x)\" y=\"\(y)\" class=\"\(style)\">\(text)</text>"
    }

    /// A rectangle; the tip is shown when the mouse is over it.
    ///
    /// - Parameter address: The target of a link; nil for none.
    static func bar(
        x: Double,
        y: Double,
        width: Double,
        height: Double,
        _ style: String,
        tip: String = "",
        address: String? = nil
    ) -> Markup {
        guard width > 0, height > 0 else { return "" }
        let title: Markup = tip.isEmpty ? "" : "<title>\(tip)</title>"
        let bar: Markup = """
            <rect x="\(x)" y="\(y)" width="\(width)" height="\(height)" rx="1.5" class="\(style)">\(title)</rect>
            """
        return link(bar, tip: tip, address)
    }

    /// A part of a chart as a link; the part itself without an address.
    static func link(_ part: Markup, tip: String, _ address: String?) -> Markup {
        address.map { "<a href=\"\($0)\" aria-label=\"\(tip)\">\(part)</a>" } ?? part
    }

    static func line(x1: Double, y1: Double, x2: Double, y2: Double, _ style: String = "grid") -> Markup {
        "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" class=\"\(style)\"/>"
    }
}

/// A scale from 0 to a round number.
struct Scale {
    /// The end of the scale: a multiple of the step, at least the largest value.
    let end: Int64
    let step: Int64

    init(_ largest: Int64, steps: Int64 = 4) {
        let wanted = max(1, (max(1, largest) + steps - 1) / steps)
        var power: Int64 = 1
        while power * 10 <= wanted { power *= 10 }
        step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= wanted } ?? wanted
        end = (max(1, largest) + step - 1) / step * step
    }

    var ticks: [Int64] { Array(stride(from: 0, through: end, by: Int(step))) }
}

/// Columns side by side, each with answered calls and lost ones on top.
struct StackedColumns {
    struct Column {
        let label: String
        let tip: String
        let answered: Int64
        let lost: Int64
        /// The rows behind the two numbers; nil without links.
        var answeredAddress: String?, lostAddress: String?
    }

    let columns: [Column]
    /// Every Nth column has a label.
    var labelStep = 1
    static let height = 220.0

    /// The columns, and `extra` drawn over them at the horizontal position of a column's left edge.
    func content(edge: (place: Int, label: String)? = nil) -> Markup {
        let left = 34.0
        let bottom = Self.height - 22
        let top = edge == nil ? 8.0 : 22.0
        let scale = Scale(columns.map { $0.answered + $0.lost }.max() ?? 0)
        func y(_ value: Int64) -> Double { bottom - (bottom - top) * Double(value) / Double(scale.end) }
        var parts: [Markup] = scale.ticks.flatMap { tick in
            [
                Chart.line(x1: left, y1: y(tick), x2: Chart.width, y2: y(tick)),
                Chart.text(Words.grouped(tick), x: left - 6, y: y(tick) + 4, "soft end"),
            ]
        }
        let slot = (Chart.width - left) / Double(max(columns.count, 1))
        let breadth = min(slot * 0.68, 44)
        for (place, column) in columns.enumerated() {
            let x = left + slot * (Double(place) + 0.5) - breadth / 2
            let lostTop = y(column.answered + column.lost)
            parts.append(
                Chart.bar(
                    x: x,
                    y: y(column.answered),
                    width: breadth,
                    height: bottom - y(column.answered),
                    "c-answered",
                    tip: column.tip,
                    address: column.answeredAddress
                )
            )
            parts.append(
                Chart.bar(
                    x: x,
                    y: lostTop,
                    width: breadth,
                    height: y(column.answered) - lostTop,
                    "c-lost",
                    tip: column.tip,
                    address: column.lostAddress
                )
            )
            if place % labelStep == 0 {
                parts.append(Chart.text(column.label, x: x + breadth / 2, y: Self.height - 5, "soft mid"))
            }
        }
        if let edge {
            let x = left + slot * Double(edge.place)
            parts.append(Chart.line(x1: x, y1: top - 6, x2: x, y2: bottom, "target"))
            parts.append(Chart.text(edge.label, x: x + 5, y: top - 8, "soft"))
        }
        return Markup.joined(parts)
    }
}
