import Base

/// The meaning of every column.
struct LegendSheet {
    private let book: ReportBook

    init(_ book: ReportBook) { self.book = book }

    func add(to sheet: Sheet) throws(ReportError) {
        let headings = [
            (localized("report"), 20), (localized("column"), 26), (localized("meaning"), 100),
        ]
        for (place, heading) in headings.enumerated() {
            try sheet.setColumn(place, width: heading.1)
            try sheet.write(heading.0, row: 0, column: place, .heading)
        }
        var row = 1
        for result in book.results {
            let title = result.definition.title
            let names = Headings(result.columns)
            for column in result.shownPlaces.map({ result.columns[$0] }) {
                let line = [title, names.of(column.name), names.explained(column.description)]
                let heights = zip(line, headings).map { Sheet.height(of: $0, width: $1.1) }
                try sheet.setRow(row, height: heights.max() ?? 15)
                for (place, cell) in line.enumerated() {
                    try sheet.write(cell, row: row, column: place, CellStyle(look: .wrapped))
                }
                row += 1
            }
        }
        sheet.freeze(headingRow: 0, columns: 0)
        try sheet.setPaper(headingRow: 0)
        try sheet.setFilter(firstRow: 0, lastRow: row - 1, lastColumn: 2)
    }
}
