import Base

/// What reports say at a glance, for the body of a mail: the figures of the page's tiles and the notes, without styles.
public struct ReportSummary: Sendable {
    /// The time that the reports cover, and the queue if there is only one: `Week 47 of 2026`.
    public let title: String
    /// The summary as plain text.
    public let text: String
    /// The summary as a page of HTML that every reader of mails shows.
    public let html: String

    /// The summary of reports.
    ///
    /// - Parameter remarks: sentences that follow it, such as which reports failed.
    public init(_ book: ReportBook, remarks: [String] = []) {
        title = Words.title(book.window)
        let tiles = Tiles(book).tiles
        let notes = book.notes + remarks
        let figures = tiles.map { tile in "\(tile.name): \(Self.plain(tile.figure)) (\(Self.plain(tile.before)))\n" }
        text =
            "\(title)\n\(Words.subtitle(book))\n\n"
            + figures.joined() + (figures.isEmpty ? "" : "\n") + notes.map { "- \($0)\n" }.joined()
        let rows = tiles.map { tile -> Markup in
            """
            <tr><th align="left" scope="row">\(tile.name)</th><td align="right"><strong>\(tile.figure)</strong></td>\
            <td>\(Self.spaced(tile.before))</td></tr>

            """
        }
        let table: Markup =
            rows.isEmpty
            ? ""
            : "<table border=\"1\" cellpadding=\"6\" cellspacing=\"0\">\n\(Markup.joined(rows))</table>\n"
        let items = notes.map { "<li>\($0)</li>\n" as Markup }
        let list: Markup = items.isEmpty ? "" : "<ul>\n\(Markup.joined(items))</ul>\n"
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="\(Language.current.code)"><head><meta charset="utf-8"><title>\(title)</title></head><body>
            <h1>\(title)</h1>
            <p>\(Words.subtitle(book))</p>
            \(table)\(list)</body></html>

            """
        html = page.html
    }

    /// The page separates the change from the rest by its styles, which a mail does not have.
    private static func spaced(_ markup: Markup) -> Markup { .verbatim(markup.html.replacing("</b>", with: "</b> ")) }

    /// Markup without its tags.
    private static func plain(_ markup: Markup) -> String {
        var text = ""
        var isTag = false
        for character in spaced(markup).html {
            switch character {
            case "<": isTag = true
            case ">" where isTag: isTag = false
            case _ where isTag: continue
            default: text.append(character)
            }
        }
        for (written, meant) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replacing(written, with: meant)
        }
        return text
    }
}
