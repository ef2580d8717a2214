import Base

/// What reports say at a glance, for the body of a mail: the figures of the page's tiles and the notes, without styles.
public struct ReportSummary: Sendable {
    /// The reports of one queue, or of all queues together.
    public struct Section: Sendable {
        let queue: String?
        let book: ReportBook
        let remarks: [String]

        /// A section.
        ///
        /// - Parameters:
        ///   - queue: The queue that is its heading; nil for all.
        ///   - remarks: Sentences that follow the notes, such as which reports failed.
        public init(queue: String? = nil, book: ReportBook, remarks: [String] = []) {
            (self.queue, self.book, self.remarks) = (queue, book, remarks)
        }
    }

    /// The time that the reports cover: `Week 47 of 2026`.
    public let title: String
    /// The summary as plain text.
    public let text: String
    /// The summary as a page of HTML that every reader of mails shows.
    public let html: String

    /// The summary of reports.
    ///
    /// - Parameter sections: At least one, all of the same time. Their queues are named only if there are several.
    public init(_ sections: [Section]) {
        let title = sections.first.map { Words.title($0.book.window) } ?? ""
        let isSeveral = sections.count > 1
        self.title = title
        text =
            "\(title)\n"
            + sections.map { (isSeveral ? "\n\($0.queue ?? "")\n" : "") + Self.text($0) }.joined(separator: "\n")
        let parts = sections.map { section -> Markup in
            let heading: Markup = isSeveral ? "<h2>\(section.queue ?? "")</h2>\n" : ""
            return "\(heading)\(Self.markup(section))"
        }
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="\(Language.current.code)"><head><meta charset="utf-8"><title>\(title)</title></head><body>
            <h1>\(title)</h1>
            \(Markup.joined(parts))</body></html>

            """
        html = page.html
    }

    private static func text(_ section: Section) -> String {
        let tiles = Tiles(section.book).tiles
        let figures = tiles.map { tile in "\(tile.name): \(plain(tile.figure)) (\(plain(tile.before)))\n" }
        return "\(Words.subtitle(section.book))\n\n" + figures.joined() + (figures.isEmpty ? "" : "\n")
            + (section.book.notes + section.remarks).map { "- \($0)\n" }.joined()
    }

    private static func markup(_ section: Section) -> Markup {
        let rows = Tiles(section.book).tiles.map { tile -> Markup in
            """
            <tr><th align="left" scope="row">\(tile.name)</th><td align="right"><strong>\(tile.figure)</strong></td>\
            <td>\(spaced(tile.before))</td></tr>

            """
        }
        let table: Markup =
            rows.isEmpty
            ? ""
            : "<table border=\"1\" cellpadding=\"6\" cellspacing=\"0\">\n\(Markup.joined(rows))</table>\n"
        let items = (section.book.notes + section.remarks).map { "<li>\($0)</li>\n" as Markup }
        let list: Markup = items.isEmpty ? "" : "<ul>\n\(Markup.joined(items))</ul>\n"
        return "<p>\(Words.subtitle(section.book))</p>\n\(table)\(list)"
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
