import Base

/// A table that fits the width of a terminal.
///
/// Values that are the same in every row are shown above the table; columns without content are named below it. If the
/// rest is still too wide, long texts are cut, and then the table is continued below itself, with its key columns
/// repeated.
public struct TableRenderer: Sendable {
    /// The columns of the terminal; nil for no limit.
    public var width: Int?
    /// Whether headings may be bold and remarks dim.
    public var isStyled: Bool

    /// By default, no limit and no style.
    public init(width: Int? = nil, isStyled: Bool = false) {
        self.width = width
        self.isStyled = isStyled
    }

    /// Reports one below the other.
    public func render(_ results: [ReportResult]) -> [UInt8] {
        var lines: [String] = []
        for result in results {
            if !lines.isEmpty { lines.append("") }
            append(result, to: &lines)
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func append(_ result: ReportResult, to lines: inout [String]) {
        let layout = TableLayout(result)
        let window = Words.window(result.window)
        let title = result.definition.title
        if DisplayWidth.of(title) + 2 + DisplayWidth.of(window) <= width ?? .max {
            lines.append(bold(title) + "  " + window)
        } else {
            lines += [bold(title), window]
        }
        if let filter = result.filterSentence {
            lines += wrapped(filter.split(separator: " ").map(String.init), separator: " ")
        }
        lines += wrapped(layout.constants, separator: " · ").map(dim)
        lines.append("")
        var leftOut: [String] = []
        if result.rows.isEmpty {
            lines.append(dim(localized("Nothing in this period.", context: "table")))
        } else {
            let (chosen, dropped) = listed(layout.columns, result.definition.shown)
            if !dropped.isEmpty { leftOut = dropped }
            let columns = fitted(chosen, least: result.definition.shown.isEmpty ? Self.leastText : Self.leastOfList)
            for (number, block) in blocks(columns, keys: layout.keyCount).enumerated() {
                if number > 0 { lines.append("") }
                append(block, rows: result.rows.count, hasTotal: layout.hasTotal, to: &lines)
            }
        }
        if !layout.zeros.isEmpty {
            let head = localized("All 0 or empty:", context: "table")
            let names = ["\(head) \(layout.zeros[0])"] + layout.zeros.dropFirst()
            lines += [""] + wrapped(names, separator: ", ").map(dim)
        }
        if !leftOut.isEmpty {
            let head = localized("No room for:", context: "table")
            let names = ["\(head) \(leftOut[0])"] + leftOut.dropFirst()
            lines += [""] + wrapped(names, separator: ", ").map(dim)
        }
        for note in result.notes {
            let words = localized("Note: \(note.text)", context: "table").split(separator: " ").map { String($0) }
            lines += [""] + wrapped(words, separator: " ").map(dim)
        }
    }

    private func append(_ columns: [TableLayout.Column], rows: Int, hasTotal: Bool, to lines: inout [String]) {
        let depth = columns.map(\.heading.count).max() ?? 0
        for level in 0..<depth {
            lines.append(
                bold(
                    line(columns) { column in
                        // Headings are aligned to the bottom line.
                        let missing = depth - column.heading.count
                        return level < missing ? "" : column.heading[level - missing]
                    }
                )
            )
        }
        let rule = dim(columns.map { String(repeating: "─", count: $0.width) }.joined(separator: "  "))
        lines.append(rule)
        for row in 0..<rows { lines.append(line(columns) { $0.cells[row] }) }
        if hasTotal { lines += [rule, bold(line(columns) { $0.total })] }
    }

    private func line(_ columns: [TableLayout.Column], _ text: (TableLayout.Column) -> String) -> String {
        var result = ""
        for (place, column) in columns.enumerated() {
            let text = DisplayWidth.cut(text(column), to: column.width)
            let space = String(repeating: " ", count: max(0, column.width - DisplayWidth.of(text)))
            if place > 0 { result += "  " }
            result += column.isNumeric ? space + text : text + space
        }
        while result.last == " " { result.removeLast() }
        return result
    }

    /// Cuts the widest texts until the row fits, or until no text is wider than is useful.
    private func fitted(_ columns: [TableLayout.Column], least: Int) -> [TableLayout.Column] {
        guard let width else { return columns }
        var columns = columns
        var excess = columns.reduce(-2) { $0 + $1.width + 2 } - width
        while excess > 0 {
            let texts = columns.indices.filter { columns[$0].canBeCut && columns[$0].width > least }
            guard let widest = texts.max(by: { columns[$0].width < columns[$1].width }) else { break }
            columns[widest].width -= 1
            excess -= 1
        }
        return columns
    }

    private static let leastText = 16
    private static let leastOfList = 8

    /// The columns of a list that fit without continuing it below, and the names of the others: the least important ones
    /// are left out. Other reports, whose `shown` is empty, keep all.
    private func listed(
        _ columns: [TableLayout.Column],
        _ shown: [String]
    ) -> (columns: [TableLayout.Column], dropped: [String]) {
        guard let width, !shown.isEmpty else { return (columns, []) }
        func least(_ column: TableLayout.Column) -> Int {
            column.canBeCut ? min(column.width, Self.leastOfList) : column.width
        }
        var columns = columns
        var dropped: [String] = []
        for name in shown.reversed() where columns.reduce(-2, { $0 + least($1) + 2 }) > width && columns.count > 1 {
            guard let place = columns.firstIndex(where: { $0.name == name }) else { continue }
            dropped.insert(columns[place].heading.joined(separator: " "), at: 0)
            columns.remove(at: place)
        }
        return (columns, dropped)
    }

    /// The columns, divided into as many tables as necessary, each beginning with the keys.
    private func blocks(_ columns: [TableLayout.Column], keys count: Int) -> [[TableLayout.Column]] {
        guard let width else { return [columns] }
        let keys = Array(columns.prefix(count))
        let keyWidth = keys.reduce(0) { $0 + $1.width + 2 }
        var blocks: [[TableLayout.Column]] = []
        var block = keys
        var used = keyWidth
        for column in columns.dropFirst(count) {
            if used + column.width > width && block.count > count {
                blocks.append(block)
                block = keys
                used = keyWidth
            }
            block.append(column)
            used += column.width + 2
        }
        return blocks + [block]
    }

    private func wrapped(_ items: [String], separator: String) -> [String] {
        var lines: [String] = []
        for item in items {
            if let last = lines.last, DisplayWidth.of(last + separator + item) <= width ?? .max {
                lines[lines.count - 1] = last + separator + item
            } else {
                lines.append(item)
            }
        }
        return lines
    }

    private func bold(_ text: String) -> String { isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    private func dim(_ text: String) -> String { isStyled ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
