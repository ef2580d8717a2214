/// A report as a table on a page. A wide one is continued below with its first columns repeated, so that it fits on
/// paper.
struct HTMLTable {
    let markup: Markup

    /// A page is for reading; CSV and XLSX contain all rows.
    private static let mostRows = 2000
    private static let mostFigures = 10

    init(_ result: ReportResult, _ links: FigureLinks = .none) {
        let layout = TableLayout(result)
        let rows = 0..<min(result.rows.count, Self.mostRows)
        var parts: [Markup] = []
        // On a phone, the rows of a list are cards.
        let isList = !result.definition.shown.isEmpty
        if result.rows.isEmpty { parts.append("<p class=\"empty\">Nothing in this period.</p>\n") }
        if !result.rows.isEmpty {
            let keys = Array(layout.columns.prefix(layout.keyCount))
            for block in Self.blocks(Array(layout.columns.dropFirst(layout.keyCount))) {
                parts.append(
                    Self.table(
                        keys,
                        block,
                        rows,
                        isList: isList,
                        foot: layout.hasTotal ? Self.foot(keys + block) { links.addressOfTotal(result, $0) } : ""
                    ) { links.address(result, $0, $1) }
                )
            }
        }
        var remarks = layout.constants
        if !layout.zeros.isEmpty { remarks.append("all 0 or empty: \(layout.zeros.joined(separator: ", "))") }
        if result.rows.count > rows.count {
            remarks.append("the first \(rows.count) of \(result.rows.count) rows; CSV and XLSX have all")
        }
        let remark: Markup = remarks.isEmpty ? "" : "<p>\(remarks.joined(separator: " · "))</p>\n"
        markup = """
            <section>
            <h2>\(result.definition.title)</h2>
            <p>\(result.filterSentence.map { "\($0). " } ?? "")\(result.definition.description)</p>
            \(isList ? "<div class=\"list\">\n\(Markup.joined(parts))</div>\n" : Markup.joined(parts))\(remark)</section>

            """
    }

    /// Text columns stay together, because they are read as a sentence; figures are spread evenly.
    private static func blocks(_ columns: [TableLayout.Column]) -> [[TableLayout.Column]] {
        let texts = columns.count { !$0.isNumeric }
        guard columns.count > mostFigures, texts * 2 < columns.count else { return [columns] }
        let count = (columns.count + mostFigures - 1) / mostFigures
        let size = (columns.count + count - 1) / count
        return stride(from: 0, to: columns.count, by: size).map { Array(columns[$0..<min($0 + size, columns.count)]) }
    }

    private static func table(
        _ keys: [TableLayout.Column],
        _ figures: [TableLayout.Column],
        _ rows: Range<Int>,
        isList: Bool,
        foot: Markup,
        _ address: (Int, String) -> String?
    ) -> Markup {
        let columns = keys + figures
        let headings = columns.map { column -> Markup in
            "<th\(Markup.verbatim(column.isNumeric ? " class=\"n\"" : ""))>\(column.heading.joined(separator: " "))</th>"
        }
        let lines = rows.map { row -> Markup in
            let cells = columns.enumerated().map { place, column in
                Self.cell(column, row, isKey: place == keys.count - 1, hasLabel: isList, address(row, column.name))
            }
            return "<tr>\(Markup.joined(cells))</tr>\n"
        }
        return """
            <div class="scroll" tabindex="0"><table>
            <thead><tr>\(Markup.joined(headings))</tr></thead>
            <tbody>
            \(Markup.joined(lines))</tbody>
            \(foot)</table></div>

            """
    }

    /// The row of totals.
    private static func foot(_ columns: [TableLayout.Column], _ address: (String) -> String?) -> Markup {
        let cells = columns.enumerated().map { place, column -> Markup in
            let text = FigureLinks.linked("\(column.total)", column.total.isEmpty ? nil : address(column.name))
            if place == 0 { return "<th scope=\"row\">\(text)</th>" }
            return column.isNumeric ? "<td class=\"n\">\(text)</td>" : "<td>\(text)</td>"
        }
        return "<tfoot><tr>\(Markup.joined(cells))</tr></tfoot>\n"
    }

    private static func cell(
        _ column: TableLayout.Column,
        _ row: Int,
        isKey: Bool,
        hasLabel: Bool,
        _ address: String?
    ) -> Markup {
        let text = column.cells[row]
        let linked = FigureLinks.linked("\(text)", address)
        let label: Markup = text.isEmpty || !hasLabel ? "" : " data-label=\"\(column.heading.joined(separator: " "))\""
        if column.isNumeric { return "<td class=\"n\"\(label)>\(linked)</td>" }
        if column.name == "status" {
            return "<td class=\"state \(text.split(separator: " ").joined(separator: "_"))\">\(text)</td>"
        }
        if isKey { return "<th>\(linked)</th>" }
        return text.count <= 16 ? "<td class=\"t\"\(label)>\(linked)</td>" : "<td\(label)>\(linked)</td>"
    }
}
