import Base

/// The rows of a report as tables of a page.
struct PageRows {
    /// The rows, by their positions in the result.
    let order: [Int]
    /// The heading of the figure by which they are sorted; nil if they have the report's own order.
    let sortedBy: String?
    /// Whether each row is a card on a phone.
    let isList: Bool

    private let result: ReportResult
    private let layout: TableLayout
    private let links: FigureLinks

    /// Above this number, the rows with the largest figures come first.
    private static let manyRows = 25

    init(_ result: ReportResult, _ layout: TableLayout, _ links: FigureLinks) {
        (self.result, self.layout, self.links) = (result, layout, links)
        let texts = layout.columns.count { !$0.isNumeric }
        isList = !result.definition.shown.isEmpty || texts * 2 > layout.columns.count && layout.columns.count > 5
        if result.rows.count > Self.manyRows, result.window.interval == .total, result.definition.shown.isEmpty,
            let main = result.definition.main.first, let place = result.place(main),
            result.columns[place].kind.isNumeric
        {
            order = result.rows.indices.sorted { left, right in
                let (first, second) = (result.rows[left][place].value ?? -1, result.rows[right][place].value ?? -1)
                return first == second ? left < right : first > second
            }
            sortedBy = Headings(result.columns).of(main)
        } else {
            (order, sortedBy) = (Array(result.rows.indices), nil)
        }
    }

    /// Some of the rows.
    ///
    /// - Parameters:
    ///   - columns: What is shown of them; the first ones identify a row.
    ///   - part: The rows, by their positions in ``order``.
    ///   - hasTotal: Whether the row of totals follows, if there is one.
    func table(_ columns: [TableLayout.Column], _ part: Range<Int>, hasTotal: Bool) -> Markup {
        let head = rowHead(columns)
        let headings = columns.map { column -> Markup in
            "<th scope=\"col\"\(Self.alignment(column))>\(column.heading.joined(separator: " "))</th>"
        }
        let lines = order[part].map { row -> Markup in
            let cells = columns.enumerated().map { place, column in cell(column, row, isHead: place == head) }
            return "<tr>\(Markup.joined(cells))</tr>\n"
        }
        return """
            <div class="scroll" tabindex="0" role="group" aria-label="\(result.definition.title)"><table>
            <caption class="hidden">\(result.definition.title)</caption>
            <thead><tr>\(Markup.joined(headings))</tr></thead>
            <tbody>
            \(Markup.joined(lines))</tbody>
            \(hasTotal && layout.hasTotal ? foot(columns) : "")</table></div>

            """
    }

    /// The column that names a row: in a list, the first one that is not its state.
    private func rowHead(_ columns: [TableLayout.Column]) -> Int {
        guard isList else { return layout.keyCount - 1 }
        return columns.firstIndex { !$0.isNumeric && $0.name != "status" } ?? 0
    }

    private func foot(_ columns: [TableLayout.Column]) -> Markup {
        let cells = columns.enumerated().map { place, column -> Markup in
            let address = column.total.isEmpty ? nil : links.addressOfTotal(result, column.name)
            let text = FigureLinks.linked("\(column.total)", address)
            if place == 0 { return "<th scope=\"row\">\(text)</th>" }
            return "<td\(Self.alignment(column))>\(text)</td>"
        }
        return "<tfoot><tr>\(Markup.joined(cells))</tr></tfoot>\n"
    }

    private func cell(_ column: TableLayout.Column, _ row: Int, isHead: Bool) -> Markup {
        let text = column.cells[row]
        let linked = FigureLinks.linked("\(text)", links.address(result, row, column.name) ?? number(column, row))
        if column.name == "status" {
            let state = result.cell(result.rows[row], "status").description
            return "<td class=\"state \(state)\">\(text)</td>"
        }
        if isHead { return "<th scope=\"row\">\(linked)</th>" }
        let label: Markup = text.isEmpty || !isList ? "" : " data-label=\"\(column.heading.joined(separator: " "))\""
        if column.isNumeric { return "<td class=\"n\"\(label)>\(linked)</td>" }
        return text.count <= 20 ? "<td class=\"t\"\(label)>\(linked)</td>" : "<td\(label)>\(linked)</td>"
    }

    /// The address that dials a number; nil for another column, and for a number that is not known as E.164.
    private func number(_ column: TableLayout.Column, _ row: Int) -> String? {
        guard ["caller", "caller_e164", "number_e164"].contains(column.name) else { return nil }
        for name in ["caller_e164", "number_e164"] {
            guard case .text(let number) = result.cell(result.rows[row], name), number.hasPrefix("+"),
                number.utf8.dropFirst().allSatisfy(\.isDigit), number.utf8.count > 1
            else { continue }
            return "tel:\(number)"
        }
        return nil
    }

    private static func alignment(_ column: TableLayout.Column) -> Markup { column.isNumeric ? " class=\"n\"" : "" }
}
