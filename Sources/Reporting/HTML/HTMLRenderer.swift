/// Renders reports for a browser or for paper: as a self-contained page, or as part of another page.
public struct HTMLRenderer: Sendable {
    private let links: FigureLinks

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
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Calls · \(title)</title>
            <style>
            \(Markup.verbatim(ReportFiles.Html.style))</style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            <p>\(Words.subtitle(book))</p>
            </header>
            \(content(book))<footer>crm-voip · all times \
            \(book.window.timeZone), \(book.window.from.description) to \(book.window.to.description)</footer>
            </body>
            </html>

            """
        return Array(page.html.utf8)
    }

    /// The content shared by a whole page and a fragment.
    private func content(_ book: ReportBook) -> Markup {
        "\(notes(book))\(Tiles(book, links).markup)\(charts(book))\(tables(book))\(legend(book))"
    }

    private func notes(_ book: ReportBook) -> Markup {
        let notes = book.notes
        guard !notes.isEmpty else { return "" }
        let items = notes.map { "<li>\($0)</li>" as Markup }
        return "<section class=\"notes\"><h2>About these data</h2><ul>\(Markup.joined(items))</ul></section>\n"
    }

    private func charts(_ book: ReportBook) -> Markup {
        var charts: [Markup] = []
        if book.queues != nil {
            charts += [
                DayChart(book, links).markup, HourMap(book, links).markup, WaitChart(book, links).markup,
                ServiceLevelByDay(book, links).markup, ServiceLevelChart(book, links).markup,
            ]
        } else if book.byDay["calls"] != nil {
            charts.append(DayChart(book, links).markup)
        }
        if book.agents != nil { charts.append(AgentChart(book, links).markup) }
        charts.removeAll { $0.html.isEmpty }
        return charts.isEmpty ? "" : "<div class=\"charts\">\n\(Markup.joined(charts))</div>\n"
    }

    private func tables(_ book: ReportBook) -> Markup {
        Markup.joined(book.results.map { HTMLTable($0, links).markup })
    }

    /// Every column with its formula.
    private func legend(_ book: ReportBook) -> Markup {
        let lists = book.results.map { result -> Markup in
            let headings = Headings(result.columns)
            let terms = result.shownPlaces.map { place -> Markup in
                let column = result.columns[place]
                return "<dt>\(headings.of(column.name))</dt><dd>\(headings.explained(column.description))</dd>\n"
            }
            return "<h3>\(result.definition.title)</h3>\n<dl>\n\(Markup.joined(terms))</dl>\n"
        }
        return "<section class=\"legend\"><h2>What the words mean</h2>\n\(Markup.joined(lists))</section>\n"
    }
}
