import Base

/// A report as a section of a page: what matters most as a table that fits on paper, then the rest of its rows and columns and
/// the meaning of its columns, folded.
struct HTMLTable {
    let markup: Markup

    /// The rows that are not folded. A few more are shown, too, rather than folded.
    private static let firstRows = 20
    private static let fewRows = 5
    /// A page is for reading; CSV and XLSX contain all rows.
    private static let mostRows = 100...1000
    /// The figures that fit beside each other on paper.
    private static let mostFigures = 11

    /// - Parameters:
    ///   - notes: What concerns only this report.
    ///   - mostCells: How many cells a page may list of it, unless they are in a hundred rows.
    init(_ result: ReportResult, _ links: FigureLinks = .none, notes: [String] = [], mostCells: Int = 5000) {
        let layout = TableLayout(result)
        let rows = PageRows(result, layout, links)
        let cells = max(layout.columns.count, 1)
        let listed = min(
            rows.order.count,
            max(Self.mostRows.lowerBound, min(mostCells / cells, Self.mostRows.upperBound))
        )
        let first = listed <= Self.firstRows + Self.fewRows ? listed : Self.firstRows
        let columns = PageColumns(result, layout, atMost: Self.mostFigures)
        var parts: [Markup] = []
        if rows.order.isEmpty {
            parts.append("<p class=\"empty\">\(localized("Nothing in this period."))</p>\n")
        } else {
            parts.append(rows.table(columns.first, 0..<first, hasTotal: true))
            if listed > first {
                let more = listed - first
                parts.append(
                    Self.folded(
                        localized(more, one: "\(more) more row", other: "\(more) more rows"),
                        rows.table(columns.first, first..<listed, hasTotal: false)
                    )
                )
            }
            if !columns.rest.isEmpty {
                let more = columns.rest.reduce(0) { $0 + $1.count } - columns.rest.count * layout.keyCount
                parts.append(
                    Self.folded(
                        localized(more, one: "\(more) more column", other: "\(more) more columns"),
                        Markup.joined(columns.rest.map { rows.table($0, 0..<listed, hasTotal: true) })
                    )
                )
            }
        }
        let isSorted = rows.sortedBy.map { " \(localized("The rows with the most \"\($0)\" come first."))" } ?? ""
        markup = """
            <section class="table">
            <h2>\(result.definition.title)</h2>
            <p>\(result.filterSentence.map { "\($0). " } ?? "")\(result.definition.description)\(isSorted)</p>
            \(Markup.joined(notes.map { "<p class=\"note\">\($0)</p>\n" }))\(rows.isList ? "<div class=\"list\">\n\(Markup.joined(parts))</div>\n" : Markup.joined(parts))\
            \(Self.remarks(layout, first: first, listed: listed, of: rows.order.count))\(Self.legend(result))</section>

            """
    }

    private static func folded(_ summary: String, _ content: Markup) -> Markup {
        "<details>\n<summary>\(summary)</summary>\n\(content)</details>\n"
    }

    /// What the table leaves out, on the screen and on paper, where nothing can be unfolded.
    private static func remarks(_ layout: TableLayout, first: Int, listed: Int, of count: Int) -> Markup {
        var remarks = layout.constants
        if !layout.zeros.isEmpty {
            remarks.append(localized("all 0 or empty: \(layout.zeros.joined(separator: ", "))"))
        }
        var parts: [Markup] = remarks.isEmpty ? [] : ["<p>\(remarks.joined(separator: " · "))</p>\n"]
        let (some, all) = (Words.grouped(Int64(listed)), Words.grouped(Int64(count)))
        if listed < count {
            let sentence = localized("The page lists \(some) of \(all) rows; the workbook and CSV have all.")
            parts.append("<p class=\"screen\">\(sentence)</p>\n")
        }
        if first < listed {
            let few = Words.grouped(Int64(first))
            let sentence = localized(
                "These are \(few) of \(all) rows. The page has more on a screen; the workbook and CSV have all."
            )
            parts.append("<p class=\"paper\">\(sentence)</p>\n")
        }
        return Markup.joined(parts)
    }

    /// Every column with its formula.
    private static func legend(_ result: ReportResult) -> Markup {
        let headings = Headings(result.columns)
        let terms = result.shownPlaces.map { place -> Markup in
            let column = result.columns[place]
            return "<dt>\(headings.of(column.name))</dt><dd>\(headings.explained(column.description))</dd>\n"
        }
        return """
            <details class="legend">
            <summary>\(localized("What the columns mean"))</summary>
            <dl>
            \(Markup.joined(terms))</dl></details>

            """
    }
}
