import Base

/// Renders reports for a browser or for paper: as a self-contained page, or as part of another page.
public struct HTMLRenderer: Sendable {
    private let links: FigureLinks

    /// What a page lists of all its reports, so that it stays below a megabyte.
    private static let mostCells = 12_000

    /// A renderer.
    ///
    /// - Parameter links: The targets of links from figures.
    public init(links: FigureLinks = .none) { self.links = links }

    /// The styles that ``fragment(_:)`` needs, for a `style` element or a file.
    public static var styleSheet: String { ReportFiles.Html.style }

    /// The reports as part of another page: notes, key figures, charts, tables and explanations of the columns, inside
    /// an `article` element.
    public func fragment(_ book: ReportBook) -> String {
        let article: Markup = """
            <article class="report">
            <header>
            <h2>\(Words.title(book.window))</h2>
            <p>\(Words.subtitle(book))</p>
            </header>
            \(content(book))</article>

            """
        return article.html
    }

    /// The whole page.
    public func render(_ book: ReportBook) -> [UInt8] {
        let title = Words.title(book.window)
        let page: Markup = """
            <!doctype html>
            <html lang="\(Language.current.code)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(localized("Calls")) · \(title)</title>
            <style>
            \(Markup.verbatim(ReportFiles.Html.style))</style>
            </head>
            <body>
            <main>
            <header>
            <h1>\(title)</h1>
            <p>\(Words.subtitle(book))</p>
            </header>
            \(content(book))</main>
            <footer>crm-voip · \(Self.times(book.window))</footer>
            </body>
            </html>

            """
        return Array(page.html.utf8)
    }

    /// The window to the second.
    private static func times(_ window: ResolvedWindow) -> String {
        let (from, to) = (window.from.description, window.to.description)
        return localized("all times \(window.timeZone), \(from) to \(to)")
    }

    /// The content shared by a whole page and a fragment.
    private func content(_ book: ReportBook) -> Markup {
        "\(notes(book))\(Tiles(book, links).markup)\(charts(book))\(tables(book))"
    }

    private func notes(_ book: ReportBook) -> Markup {
        let notes = book.sharedNotes
        guard !notes.isEmpty else { return "" }
        let items = notes.map { "<li>\($0)</li>" as Markup }
        return """
            <section class="notes"><h2>\(localized("About these data"))</h2><ul>\(Markup.joined(items))</ul></section>

            """
    }

    private func charts(_ book: ReportBook) -> Markup {
        var charts: [Markup] = []
        if book.queues != nil {
            charts.append(DayChart(book, links).markup)
            // By hour, the columns show the same.
            if book.byDay["queues"]?.window.interval != .hour { charts.append(HourMap(book, links).markup) }
            charts += [
                WaitChart(book, links).markup, ServiceLevelByDay(book, links).markup,
                ServiceLevelChart(book, links).markup,
            ]
        } else if book.byDay["calls"] != nil {
            charts.append(DayChart(book, links).markup)
        }
        if book.agents != nil { charts.append(AgentChart(book, links).markup) }
        charts.removeAll { $0.html.isEmpty }
        guard !charts.isEmpty else { return "" }
        return """
            <h2 class="hidden">\(localized("Charts"))</h2>
            <div class="charts">
            \(Markup.joined(charts))</div>

            """
    }

    private func tables(_ book: ReportBook) -> Markup {
        let shared = book.sharedNotes
        let cells = Self.mostCells / max(book.results.count, 1)
        return Markup.joined(
            book.results.map { result in
                HTMLTable(
                    result,
                    links,
                    notes: result.notes.map(\.text).filter { !shared.contains($0) },
                    mostCells: cells
                )
                .markup
            }
        )
    }
}
